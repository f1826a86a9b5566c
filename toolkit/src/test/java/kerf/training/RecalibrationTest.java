package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Arrays;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.mask.Mask;
import kerf.model.Convnet;
import kerf.model.Mlp;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  private static final Samples SAMPLES = Datasets.digits().train().first(250);

  /** Batch normalization right on the pixels, so that its statistics are theirs. */
  private static Network onPixels(float momentum) {
    return Network.of(
        new SequentialBlock()
            .add(BatchNorm.builder().optMomentum(momentum).build())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(10).build()),
        1,
        8,
        8);
  }

  private static double mean(float... values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(float... values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  @Test
  void statisticsAreTheMeansOverBatches() {
    float[] pixels = SAMPLES.inputs();
    // Two batches of 100; the last 50 images are left out.
    float[] first = Arrays.copyOfRange(pixels, 0, 6400);
    float[] second = Arrays.copyOfRange(pixels, 6400, 12800);
    for (float momentum : new float[] {0.9f, 0.5f, 0.99f}) {
      Network found = Recalibration.recalibrated(onPixels(momentum), SAMPLES);
      assertThat(found.values("bn1.runningMean"))
          .containsExactly(new float[] {(float) ((mean(first) + mean(second)) / 2)}, within(2e-6f));
      assertThat(found.values("bn1.runningVar"))
          .containsExactly(
              new float[] {(float) ((variance(first) + variance(second)) / 2)}, within(2e-6f));
    }
  }

  @Test
  void nothingElseChanges() {
    Network dense = new Convnet(4, 6).input(1, 8, 8).initialize(3);
    Mask half =
        Mask.of(dense.mask().layers().stream().map(layer -> layer.without(0, 1, 2)).toList());
    Network pruned = dense.masked(half);
    Network found = Recalibration.recalibrated(pruned, SAMPLES);
    assertThat(found.mask()).isEqualTo(half);
    assertThat(found.weights("conv2")).containsExactly(pruned.weights("conv2"));
    assertThat(found.values("bn1.gamma")).containsExactly(pruned.values("bn1.gamma"));
    assertThat(found.values("bn2.runningVar")).isNotEqualTo(pruned.values("bn2.runningVar"));
    assertThat(pruned.values("bn2.runningVar")).containsOnly(1);
    Network again = Recalibration.recalibrated(found, SAMPLES);
    assertThat(again.values("bn2.runningVar")).containsExactly(found.values("bn2.runningVar"));
  }

  @Test
  void withoutBatchNormalizationNothingIsDone() {
    Network network = Mlp.of(64, 10).initialize(1);
    assertThat(Recalibration.recalibrated(network, SAMPLES)).isSameAs(network);
  }

  @Test
  void oneImageHasNoVariance() {
    Network network = onPixels(0.9f);
    assertThatThrownBy(() -> Recalibration.recalibrated(network, SAMPLES.first(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recalibration needs at least 2 samples, found 1");
  }
}
