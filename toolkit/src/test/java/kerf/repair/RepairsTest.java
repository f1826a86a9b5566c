package kerf.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

/** On a small MobileNet that has learned digits, whose weights share one scale a tensor. */
class RepairsTest {
  private static final Dataset DIGITS = Datasets.digits().standardized();
  private static final Samples SOME = DIGITS.train().first(200);
  private static final AdaRound ROUNDING = AdaRound.plan().steps(200).batch(128);
  private static Network network;

  @BeforeAll
  static void train() {
    network =
        Training.defaults()
            .optimizer(new Adam(0.01))
            .batch(50)
            .until(Step.epochs(8))
            .evaluateEvery(Step.epochs(8))
            .seed(1)
            .train(new MobileNet(8, 12, 16).input(1, 8, 8).initialize(1), DIGITS);
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
    assertThat(lost).isGreaterThan(0.1);
    assertThat(kept).isLessThan(lost / 2);
    assertThat(repaired.rows().stream().map(RepairRow::repair).distinct())
        .containsExactly("equalized", "batch norm re-estimated", "AdaRound", "bias corrected");
    assertThat(repaired.toString())
        .contains("; repairs: equalized, batch norm re-estimated, AdaRound, bias corrected");
    assertThat(repaired.table().columnNames())
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
  void whatNeedsNoDataRunsWithoutAny() {
    Quantization blind = Quantization.plan().perTensor().bits(4).weightOnly();

    Repaired repaired =
        Repairs.plan().equalized().biasCorrectedByBatchNorm().quantize(network, blind);

    assertThat(accuracy(repaired)).isGreaterThan(accuracy(blind.quantize(network)) + 0.05);
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
