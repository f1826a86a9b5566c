package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.DivergedException;
import kerf.model.Lenet300100;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.training.Evaluator;
import kerf.training.MeanSquaredError;
import org.junit.jupiter.api.Test;

class OptimalBrainSurgeonTest {
  private static final Dataset AND = Datasets.truthTable("and", 0, 0, 0, 1);
  private static final OptimalBrainSurgeon OBS =
      OptimalBrainSurgeon.plan().data(AND.train()).loss(new MeanSquaredError()).damping(1e-9);

  /** The best a plane can do: x1 / 2 + x2 / 2 - 1/4, with a mean squared error of 1/16. */
  private static Network plane() {
    return Mlp.of(2, 1)
        .prunableBiases()
        .initialize(0)
        .revalued(Map.of("fc1.weight", new float[] {.5f, .5f, -.25f}));
  }

  /** Without the bias the best is x1 / 3 + x2 / 3, with an error of 1/12; of x1 it is 1/8. */
  @Test
  void deletesWhatTheOthersCanMakeUpFor() {
    Operated operated = OBS.count(1).prune(plane());

    assertThat(operated.weights("fc1"))
        .containsExactly(new float[] {1 / 3f, 1 / 3f, 0}, within(1e-5f));
    assertThat(operated.mask().kept()).isEqualTo(2);
    assertThat(operated.deletions()).hasSize(1);
    Deletion deletion = operated.deletions().get(0);
    assertThat(deletion.layer()).isEqualTo("fc1");
    assertThat(deletion.index()).isEqualTo(2);
    assertThat(deletion.weight()).isEqualTo(-.25);
    assertThat(deletion.saliency()).isCloseTo(1 / 12.0 - 1 / 16.0, within(1e-7));
    assertThat(Evaluator.measure(operated, AND.test(), new MeanSquaredError()).loss())
        .isCloseTo(1 / 12.0, within(1e-6));
  }

  /** The best plane for x1 and not x2 is x1 / 2 - x2 / 2 + 1/4; of one weight it is x1 / 2. */
  @Test
  void oneHessianIsEnoughWhereTheLossIsAParabola() {
    Network plane = plane().revalued(Map.of("fc1.weight", new float[] {.5f, -.5f, .25f}));
    OptimalBrainSurgeon two = OBS.data(Datasets.truthTable("but", 0, 0, 1, 0).train()).count(2);

    for (Network operated : List.of(two.prune(plane), two.refresh(1).prune(plane))) {
      assertThat(operated.weights("fc1")).containsExactly(new float[] {.5f, 0, 0}, within(1e-5f));
    }
  }

  @Test
  void theNetworkStaysAndTheOperationCanBeRepeated() {
    Network plane = plane();
    Operated first = OBS.amount(0.4).prune(plane);
    Operated second = OBS.amount(0.4).prune(plane);

    assertThat(plane.weights("fc1")).containsExactly(.5f, .5f, -.25f);
    assertThat(second.weights("fc1")).containsExactly(first.weights("fc1"));
    assertThat(second.deletions()).isEqualTo(first.deletions());
    assertThat(first.operation().columnNames())
        .containsExactly("step", "layer", "index", "weight", "saliency");
  }

  @Test
  void biasesOfTheirOwnOnlyMakeUpForOthers() {
    Network network =
        Mlp.of(2, 1)
            .initialize(0)
            .revalued(
                Map.of("fc1.weight", new float[] {.5f, .5f}, "fc1.bias", new float[] {-.25f}));
    Network operated = OBS.count(1).prune(network);

    assertThat(operated.mask().kept()).isEqualTo(1);
    // x2 / 2 needs no bias.
    assertThat(operated.values("fc1.bias")).containsExactly(new float[] {0}, within(1e-5f));
  }

  @Test
  void goesOnFromWhatIsPruned() {
    Operated all = OBS.sparsity(0.67).prune(OBS.sparsity(0.34).prune(plane()));

    assertThat(all.mask().kept()).isEqualTo(1);
    assertThat(all.deletions()).hasSize(1);
    assertThat(OBS.sparsity(0.34).prune(all).deletions()).isEmpty();
  }

  @Test
  void saysWhatItMisses() {
    OptimalBrainSurgeon plan = OptimalBrainSurgeon.plan();
    Network network = plane();

    assertThatThrownBy(() -> plan.prune(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "obs() needs the inverse Hessian, found no data; call .data(digits().train()) before"
                + " prune(network)");
  }

  @Test
  void refusesNetworksWhoseHessianIsTooLarge() {
    Network large = new Lenet300100().initialize(0);
    OptimalBrainSurgeon plan = OBS.data(Datasets.mnist().train().first(10));

    assertThatThrownBy(() -> plan.prune(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("266,610 parameters, 568.6 GB; at most 4,000 parameters can be done");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> OBS.damping(0))
        .hasMessage("damping must be above 0 and finite, found 0.0; 1e-8 to 1e-4 are usual");
    assertThatThrownBy(() -> OBS.refresh(5))
        .hasMessage(
            "refresh must be a fraction in (0, 1], found 5.0; 0.05 takes the Hessian anew after"
                + " every 5 % of the weights");
    assertThatThrownBy(() -> OBS.count(4).prune(plane()))
        .hasMessage("count must be at most the 3 still kept in fc1, found 4");
  }

  @Test
  void numbersThatAreNotFiniteStopIt() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Network grown = plane().revalued(Map.of("fc1.weight", new float[] {0, bad, 1}));
      assertThatThrownBy(() -> OBS.requireFinite(grown, AND.train(), 2))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "obs() diverged after 2 deletions: the loss is Infinity; take more damping than"
                  + " 1.0E-9, a new Hessian more often than refresh(0.05), or more samples than 4");
    }
    assertThatCode(() -> OBS.requireFinite(plane(), AND.train(), 2)).doesNotThrowAnyException();
  }
}
