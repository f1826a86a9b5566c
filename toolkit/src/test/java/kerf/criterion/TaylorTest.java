package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Evaluator;
import org.junit.jupiter.api.Test;

class TaylorTest {
  private static final Criterion SQUARE = new Taylor(Taylor.Joint.SQUARE_OF_SUM);
  private static final Criterion SUM = new Taylor(Taylor.Joint.SUM_OF_SQUARES);

  /** Two rows of weights whose g w are 2, -2 and 1, 1. */
  private static final LayerWeights LAYER =
      new LayerWeights(
          "fc1",
          new long[] {2, 2},
          new float[] {1, -2, 0.5f, -1},
          Subject.unknown()
              .knowing(Gradients.inference(), Map.of("fc1", new float[] {2, 1, 2, -1})));

  @Test
  void ofAWeightTheSquareOfGradientTimesWeight() {
    assertThat(SQUARE.scores(LAYER)).containsExactly(4, 4, 1, 1);
    assertThat(SUM.scores(LAYER)).containsExactly(4, 4, 1, 1);
  }

  @Test
  void changesThatCancelCountOnlyAsASumOfSquares() {
    Groups rows = Granularity.slices(0).groups("fc1", 2, 2);
    float[] scores = SQUARE.scores(LAYER);

    assertThat(SQUARE.groupScores(LAYER, rows, scores)).containsExactly(0, 4);
    assertThat(SUM.groupScores(LAYER, rows, scores)).containsExactly(8, 2);
  }

  @Test
  void theGradientIsThatOfTheMeanLossOverAllBatches() {
    Network network = new Lenet300100().initialize(1);
    // Two full batches and a part of one.
    Samples samples = Datasets.mnist().train().first(300);
    Map<String, float[]> gradients =
        Subject.of(network, Given.NOTHING.data(samples)).find(Gradients.inference());

    // Along the gradient itself, so that the loss changes most.
    float[] gradient = gradients.get("fc2");
    double length = 0;
    for (float g : gradient) {
      length += (double) g * g;
    }
    double step = 0.01 / Math.sqrt(length);
    double up = Evaluator.measure(moved(network, gradient, step), samples).loss();
    double down = Evaluator.measure(moved(network, gradient, -step), samples).loss();

    assertThat((up - down) / (2 * step)).isCloseTo(length, within(1e-3 * length));
  }

  @Test
  void prunesWhatTheLossMissesLeast() {
    Network network = new Lenet300100().initialize(1);
    Pruning plan = Pruning.plan().amount(0.9).data(Datasets.mnist().train().first(200));

    Network pruned = plan.criterion(SQUARE).prune(network);

    // Corner pixels are 0 in every image: their weights have no gradient.
    assertThat(pruned.mask().layer("fc1").keeps(0)).isFalse();
    assertThat(pruned.mask()).isEqualTo(plan.criterion(SUM).mask(network));
    assertThat(network.mask().sparsity()).isZero();
  }

  private static Network moved(Network network, float[] direction, double step) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    float[] weights = values.get("fc2.weight");
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (step * direction[i]);
    }
    return network.revalued(values);
  }
}
