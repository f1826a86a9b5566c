package kerf.repair;

import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.scheme.IntegerFormat;
import org.junit.jupiter.api.Test;

class AdaRoundTest {
  private static final Samples BITS = Datasets.xor().train();
  private static final IntegerFormat INT8 = IntegerFormat.signed(8).restricted();

  private static Repaired rounded(Network network, AdaRound plan, Samples samples, double step) {
    return Repairs.plan()
        .adaRounded(plan)
        .quantize(network, folded -> Nets.stepped(folded, INT8, step, samples), samples);
  }

  private static Network sumOf(float first, float second) {
    return Nets.valued(
        Network.of(chain(fc(1)), 2),
        Map.of("fc1.weight", new float[] {first, second}, "fc1.bias", new float[] {0}));
  }

  /**
   * On (0,0), (0,1), (1,0), (1,1) the weights 0.45 and 0.4 give 0, 0.4, 0.45, 0.85. Both rounded
   * down, the squared error is 0.16 + 0.2025 + 0.7225 = 1.085; the first up, 0.16 + 0.3025 + 0.0225
   * = 0.485; the second up, 0.585; both, 1.9850.
   */
  @Test
  void oneOfTwoWeightsGoesUpWhereTheirErrorsAddUp() {
    Repaired repaired = rounded(sumOf(0.45f, 0.4f), AdaRound.plan().batch(4), BITS, 1);

    assertThat(repaired.form().network().values("fc1.weight")).containsExactly(1, 0);
    RepairRow row = repaired.rows().get(0);
    assertThat(row.repair()).isEqualTo("AdaRound");
    assertThat(row.changed())
        .isEqualTo(
            "50.0 % of the weights rounded the other way; relative error 1.00e+00 to 4.47e-01");
    assertThat(row.before()).isZero();
    assertThat(row.after()).isEqualTo(10 * Math.log10(1.085 / 0.485), within(1e-4));
  }

  @Test
  void aWeightOfZeroStaysZero() {
    Repaired repaired = rounded(sumOf(0, 0.4f), AdaRound.plan().steps(300).batch(4), BITS, 1);

    assertThat(repaired.form().network().values("fc1.weight")[0]).isZero();
  }

  @Test
  void whereNearestIsBestItStays() {
    Repaired repaired = rounded(sumOf(0.1f, 0.9f), AdaRound.plan().steps(50).batch(4), BITS, 1);

    assertThat(repaired.values("fc1.weight")).containsExactly(0, 1);
    assertThat(repaired.rows().get(0).changed()).startsWith("nearest rounding stays");
  }

  @Test
  void layersOfAllShapesGetTheirErrorsLessenedAndASecondRunIsTheSame() {
    Samples digits = Datasets.digits().train().first(100);
    Network network =
        lived(
            chain(
                conv(6, 3, 1, 1),
                relu(),
                conv(6, 3, 0, 6),
                relu(),
                conv(4, 1, 0, 2),
                relu(),
                flat(),
                fc(10)),
            1,
            8,
            8);
    AdaRound plan = AdaRound.plan().steps(200).batch(64).seed(3);

    Repaired repaired = rounded(network, plan, digits, 0.1);

    assertThat(repaired.rows()).hasSize(4);
    assertThat(repaired.rows())
        .allSatisfy(row -> assertThat(row.after()).isGreaterThan(row.before()));
    Repaired again = rounded(network, plan, digits, 0.1);
    for (String layer : new String[] {"conv1", "conv2", "conv3", "fc1"}) {
      float[] weights = repaired.weights(layer);
      assertThat(again.weights(layer)).containsExactly(weights);
      float[] exact = network.weights(layer);
      for (int i = 0; i < exact.length; i++) {
        // Up or down, never further.
        assertThat(Math.abs(weights[i] - exact[i])).isLessThan(0.1f + 1e-6f);
      }
    }
  }

  @Test
  void wrongNumbersAreRefused() {
    AdaRound plan = AdaRound.plan();
    assertThatThrownBy(() -> plan.steps(0))
        .hasMessage("steps, batch and rows must be 1 or more, found 0, 256 and 8192");
    assertThatThrownBy(() -> plan.rate(0))
        .hasMessage("rate must be above 0 and strength 0 or more, found 0.0 and 1.0");
    assertThatThrownBy(() -> new AdaRound(1, 1, 1, 1, 1, 1, 1))
        .hasMessage("warm must be a fraction in [0, 1), found 1.0");
  }
}
