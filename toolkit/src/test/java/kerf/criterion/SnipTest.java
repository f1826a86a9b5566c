package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.data.Datasets;
import kerf.granularity.Scope;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/** The shares themselves are a golden case, {@code paper.snip}. */
class SnipTest {
  private static final Network NETWORK = new Lenet300100().initialize(1);

  private static final Given DATA = Given.NOTHING.data(Datasets.mnist().train().sample(256, 1));

  @Test
  void theSharesOfAllLayersAddUpToOne() {
    Subject subject = Subject.of(NETWORK, DATA);
    double sum = 0;
    for (String layer : NETWORK.layers()) {
      LayerWeights weights =
          new LayerWeights(layer, NETWORK.shape(layer), NETWORK.weights(layer), subject);
      for (float share : new Snip().scores(weights)) {
        assertThat(share).isNotNegative();
        sum += share;
      }
    }

    assertThat(sum).isCloseTo(1, within(1e-4));
  }

  @Test
  void prunesBeforeTrainingWhatSeesNoImage() {
    Pruning plan = Pruning.plan().criterion(new Snip()).scope(Scope.GLOBAL).sparsity(0.95);

    Network sparse = plan.data(DATA.data().orElseThrow()).prune(NETWORK);

    assertThat(sparse.mask().sparsity()).isCloseTo(0.95, within(1e-5));
    // The corner pixel is 0 in every image.
    for (int unit = 0; unit < 300; unit++) {
      assertThat(sparse.mask().layer("fc1").keeps(784 * unit)).isFalse();
    }
    assertThat(sparse.mask()).isEqualTo(plan.data(DATA.data().orElseThrow()).mask(NETWORK));
  }

  @Test
  void theGradientIsThatOfTheFirstTrainingStep() {
    assertThat(new Snip().needs()).containsExactly(Gradients.training());
    Map<String, float[]> first = Subject.of(NETWORK, DATA).find(Gradients.training());

    assertThat(first.keySet()).containsExactly("fc1", "fc2", "fc3");
  }
}
