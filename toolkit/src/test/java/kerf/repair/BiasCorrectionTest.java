package kerf.repair;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.scheme.IntegerFormat;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {
  private static final IntegerFormat INT8 = IntegerFormat.signed(8).restricted();
  private static final Samples BITS = Datasets.xor().train();

  private static Repaired repaired(Repairs plan, Network network, Samples samples, double step) {
    return plan.quantize(network, folded -> Nets.stepped(folded, INT8, step, samples), samples);
  }

  @Test
  void aBiasMakesUpForWhatRoundingTakesOnAverage() {
    // Both weights lose 0.4, and each bit is 1 half of the time: 0.4 is missing on average.
    Network network =
        Nets.valued(
            Network.of(chain(fc(1)), 2),
            Map.of("fc1.weight", new float[] {1.4f, 2.4f}, "fc1.bias", new float[] {3}));

    Repaired found = repaired(Repairs.plan().biasCorrected(), network, BITS, 1);

    assertThat(found.values("fc1.weight")).containsExactly(1, 2);
    assertThat(found.values("fc1.bias")).usingComparatorWithPrecision(1e-6f).containsExactly(3.4f);
    assertThat(network.values("fc1.bias")).containsExactly(3);
  }

  /**
   * Behind normalization and ReLU a channel of mean 0 and deviation 1 is 0.3989 on average; the
   * weight that reads it loses 0.4.
   */
  @Test
  void batchNormalizationKnowsTheAverageWithoutData() {
    Network network =
        Nets.valued(
            Network.of(chain(fc(1), bn(), relu(), fc(1)), 2),
            Map.of(
                "bn1.gamma", new float[] {1},
                "bn1.beta", new float[] {0},
                "fc2.weight", new float[] {2.4f},
                "fc2.bias", new float[] {1}));

    Repaired found = repaired(Repairs.plan().biasCorrectedByBatchNorm(), network, BITS, 1);

    assertThat(found.values("fc2.bias"))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(1 + 0.4f * 0.3989423f);
    assertThat(found.rows().get(0).changed())
        .isEqualTo("its inputs' means do not follow from batch normalization");
    assertThat(found.rows().get(1).changed()).isEqualTo("biases shifted by up to 0.160");
  }

  @Test
  void everyChannelHasItsMeanBack() {
    Samples digits = Datasets.digits().train().first(100);
    Network network =
        lived(
            chain(conv(6, 3, 1, 1), bn(), relu(), conv(6, 3, 1, 6), bn(), relu(), flat(), fc(10)),
            1,
            8,
            8);
    float[] wanted = means(Nets.outputs(network, digits));

    float[] plain = means(Nets.outputs(repaired(Repairs.plan(), network, digits, 0.2), digits));
    float[] corrected =
        means(Nets.outputs(repaired(Repairs.plan().biasCorrected(), network, digits, 0.2), digits));

    assertThat(distance(plain, wanted)).isGreaterThan(0.01);
    assertThat(distance(corrected, wanted)).isLessThan(1e-5);
  }

  static float[] means(float... outputs) {
    float[] means = new float[10];
    for (int i = 0; i < outputs.length; i++) {
      means[i % 10] += outputs[i] * 10 / outputs.length;
    }
    return means;
  }

  static double distance(float[] found, float[] wanted) {
    double distance = 0;
    for (int i = 0; i < found.length; i++) {
      distance = Math.max(distance, Math.abs(found[i] - wanted[i]));
    }
    return distance;
  }
}
