package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static final Network NETWORK = new Lenet300100().initialize(1);

  /** Counts how often it is found out. */
  private static final class Counted implements Evidence<Integer> {
    private int found;

    @Override
    public String name() {
      return "counts";
    }

    @Override
    public Set<Need> needs() {
      return Set.of();
    }

    @Override
    public Map<String, Integer> find(Subject subject) {
      found++;
      return Map.of("fc1", 1, "fc2", 2, "fc3", 3);
    }
  }

  @Test
  void evidenceIsFoundOutOnceAPruningHoweverManyLayersAsk() {
    Counted counted = new Counted();
    Criterion asking =
        layer -> {
          assertThat(layer.evidence(counted)).isEqualTo(layer.name().charAt(2) - '0');
          return layer.values();
        };
    Pruning plan = Pruning.plan().criterion(asking);
    plan.prune(NETWORK);
    assertThat(counted.found).isEqualTo(1);

    plan.prune(NETWORK);
    assertThat(counted.found).isEqualTo(2);
  }

  @Test
  void tellsTheMissingDataAndItsCure() {
    Criterion gradient = named("gradient", Gradients.inference());

    assertThatThrownBy(() -> Pruning.plan().criterion(gradient).prune(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradient needs gradients, found no data;"
                + " call .data(mnist().train().sample(1000, 1)) before prune(network)");
  }

  @Test
  void tellsTheMissingInitialNetworkAndItsCure() {
    Criterion moved = named("moved", new InitialWeights());

    assertThatThrownBy(() -> Pruning.plan().criterion(moved).prune(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "moved needs initial weights, found no initial network;"
                + " call .initial(network) before prune(network)");
  }

  @Test
  void tellsThatWeightsAloneAreNotEnough() {
    Criterion moved = named("moved", new InitialWeights());
    Map<String, float[]> weights = Map.of("fc1", new float[0]);

    assertThatThrownBy(() -> Pruning.plan().criterion(moved).mask(NETWORK.mask(), weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "moved needs initial weights, found weights alone;"
                + " call mask(network) or prune(network)");
  }

  @Test
  void aLambdaThatDeclaresNothingIsToldTheSame() {
    Criterion lambda = LayerWeights::gradients;

    assertThatThrownBy(() -> Pruning.plan().criterion(lambda).prune(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the criterion needs gradients, found no data;"
                + " call .data(mnist().train().sample(1000, 1)) before prune(network)");
  }

  @Test
  void aLambdaSeesTheInitialWeights() {
    Network initial = new Lenet300100().initialize(2);
    Criterion start = layer -> layer.initial().clone();

    Network pruned = Pruning.plan().criterion(start).sparsity(0.5).initial(initial).prune(NETWORK);

    float[] sorted = initial.weights("fc3");
    Arrays.sort(sorted);
    for (int index : pruned.mask().layer("fc3").survivors()) {
      assertThat(initial.weights("fc3")[index]).isGreaterThanOrEqualTo(sorted[500]);
    }
    assertThat(pruned.mask().layer("fc3").kept()).isEqualTo(500);
  }

  @Test
  void refusesAnInitialNetworkOfAnotherArchitecture() {
    Pruning plan = Pruning.plan().criterion(LayerWeights::initial);
    Network other = new Lenet5().initialize(1);

    assertThatThrownBy(() -> plan.initial(other).prune(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the initial network must have a layer fc1 of shape 300×784, found %s"
                .formatted(other));
  }

  @Test
  void evidenceFromElsewhereStandsForTheSameKind() {
    Subject subject =
        Subject.unknown().knowing(Gradients.inference(), Map.of("w", new float[] {3, -4}));
    LayerWeights layer = new LayerWeights("w", new long[] {1, 2}, new float[] {1, 2}, subject);

    assertThat(layer.gradients()).containsExactly(3, -4);
    assertThatThrownBy(
            () -> new LayerWeights("v", new long[] {1}, new float[1], subject).gradients())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradients are needed of v, found those of [w] only; leave it out with keep(\"v\")");
  }

  private static Criterion named(String name, Evidence<?> evidence) {
    return new Criterion() {
      @Override
      public float[] scores(LayerWeights layer) {
        return layer.values();
      }

      @Override
      public Set<Evidence<?>> needs() {
        return Set.of(evidence);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
