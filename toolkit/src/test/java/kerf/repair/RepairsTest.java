package kerf.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.MobileNet;
import kerf.model.Network;
import kerf.quantization.Quantization;
import kerf.training.Adam;
import kerf.training.Evaluator;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * On a small MobileNet that has learned digits. Every second channel of its first convolution is
 * made 32 times smaller and read 32 times larger, which changes nothing it computes, and much for
 * one scale a tensor.
 */
class RepairsTest {
  private static final Dataset DIGITS = Datasets.digits().standardized();
  private static final Samples SOME = DIGITS.train().first(200);
  private static final AdaRound ROUNDING = AdaRound.plan().steps(200).batch(128);
  private static Network network;

  @BeforeAll
  static void train() {
    Network trained =
        Training.defaults()
            .optimizer(new Adam(0.01))
            .batch(50)
            .until(Step.epochs(8))
            .evaluateEvery(Step.epochs(8))
            .seed(1)
            .train(new MobileNet(8, 12, 16).input(1, 8, 8).initialize(1), DIGITS);
    float[] scales = trained.values("bn1.gamma");
    float[] shifts = trained.values("bn1.beta");
    float[] filters = trained.values("conv2.weight");
    for (int channel = 0; channel < 8; channel += 2) {
      scales[channel] /= 32;
      shifts[channel] /= 32;
      for (int i = 9 * channel; i < 9 * channel + 9; i++) {
        filters[i] *= 32;
      }
    }
    network =
        Nets.valued(
            trained, Map.of("bn1.gamma", scales, "bn1.beta", shifts, "conv2.weight", filters));
    assertThat(accuracy(network)).isEqualTo(accuracy(trained)).isGreaterThan(0.8);
  }

  private static Quantization plan() {
    return Quantization.plan().perTensor().bits(4).ends().calibrateOn(SOME);
  }

  private static double accuracy(Network measured) {
    return Evaluator.measure(measured, DIGITS.test()).accuracy();
  }

  @Test
  void togetherTheyGiveBackMostOfWhatFourBitsLose() {
    float[] before = network.values("conv1.weight");
    Repairs repairs =
        Repairs.plan().biasCorrected().adaRounded(ROUNDING).batchNormReestimated().equalized();

    Repaired repaired = repairs.quantize(network, plan());

    double lost = accuracy(network) - accuracy(plan().quantize(network));
    double kept = accuracy(network) - accuracy(repaired);
    assertThat(lost).isGreaterThan(0.3);
    assertThat(kept).isLessThan(0.1);
    assertThat(repaired.rows().stream().map(RepairRow::repair).distinct())
        .containsExactly("equalized", "batch norm re-estimated", "AdaRound", "bias corrected");
    assertThat(repaired.toString())
        .contains("; repairs: equalized, batch norm re-estimated, AdaRound, bias corrected");
    assertThat(repaired.repairs().columnNames())
        .containsExactly("repair", "layer", "changed", "SQNR before, dB", "SQNR after, dB");
    assertThat(network.values("conv1.weight")).containsExactly(before);
    Repaired again = repairs.quantize(network, plan());
    assertThat(again.rows()).isEqualTo(repaired.rows());
  }

  @Test
  void withoutRepairItIsThePlainPlan() {
    Repaired plain = Repairs.plan().quantize(network, plan());

    assertThat(plain.rows()).isEmpty();
    assertThat(plain.toString()).endsWith("; no repair");
    assertThat(plain.values("conv3.weight"))
        .containsExactly(plan().quantize(network).values("conv3.weight"));
  }

  @Test
  void whatIsQuantizedAlreadyIsRefused() {
    Repaired once = Repairs.plan().quantize(network, plan());

    assertThatThrownBy(() -> Repairs.plan().equalized().quantize(once, plan()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a float network is needed, found one that is quantized already")
        .hasMessageEndingWith("take its .original()");
  }

  @Test
  void whatNeedsNoDataRunsWithoutAny() {
    Quantization blind = Quantization.plan().perTensor().bits(4).weightOnly();

    Repaired repaired =
        Repairs.plan().equalized().biasCorrectedByBatchNorm().quantize(network, blind);

    assertThat(accuracy(repaired)).isGreaterThan(accuracy(blind.quantize(network)) + 0.2);
    assertThat(repaired.rows()).allSatisfy(row -> assertThat(row.after()).isNaN());
    for (Repairs needy :
        List.of(
            Repairs.plan().adaRounded(),
            Repairs.plan().biasCorrected(),
            Repairs.plan().batchNormReestimated())) {
      assertThatThrownBy(() -> needy.quantize(network, blind))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "these repairs look at what passes through the network, found no samples; add .calibrateOn(mnist().train().sample(512, 7)) to the plan of quantization, or keep to equalized() and biasCorrectedByBatchNorm()");
    }
  }
}
