package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import kerf.random.RandomStream;
import org.junit.jupiter.api.Test;

class InitializationTest {

  private static float[] draw(Initialization rule, long... shape) {
    return rule.draw(shape, RandomStream.of(1, "initialization"));
  }

  private static void assertMoments(float[] values, double deviation) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    assertThat(mean).isCloseTo(0, within(4 * deviation / Math.sqrt(values.length)));
    assertThat(Math.sqrt(squares / values.length - mean * mean))
        .isCloseTo(deviation, within(0.01 * deviation));
  }

  @Test
  void glorotCountsBothFans() {
    // fans 784 and 300; with 5 x 5 kernels 20 * 25 and 50 * 25
    assertMoments(draw(new Initialization.GlorotNormal(), 300, 784), Math.sqrt(2 / 1084.0));
    assertMoments(draw(new Initialization.GlorotNormal(), 50, 20, 5, 5), Math.sqrt(2 / 1750.0));
  }

  @Test
  void kaimingCountsInputs() {
    assertMoments(draw(new Initialization.KaimingNormal(), 300, 784), Math.sqrt(2 / 784.0));
  }

  @Test
  void uniformStaysWithinItsBound() {
    float[] values = draw(new Initialization.KaimingUniform(), 300, 784);
    float bound = 1 / 28f;
    assertMoments(values, bound / Math.sqrt(3));
    for (float value : values) {
      assertThat(value).isBetween(-bound, bound);
    }
  }

  @Test
  void biasesStartAtZeroAndLayersDiffer() {
    Network network = new Lenet300100().initialize(7);
    assertThat(network.values("fc1.bias")).hasSize(300).containsOnly(0);
    assertThat(network.weights("fc3")).hasSize(1000);
    assertThat(network.weights("fc1")[0]).isNotEqualTo(network.weights("fc2")[0]);
  }

  @Test
  void firstValuesNeverChange() {
    float[] weights = new Lenet300100().initialize(7).weights("fc1");
    assertThat(new float[] {weights[0], weights[1], weights[2]})
        .containsExactly(0.06792024f, 0.045345906f, 0.022763522f);
  }
}
