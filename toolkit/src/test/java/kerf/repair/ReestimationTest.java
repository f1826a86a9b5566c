package kerf.repair;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.training.Recalibration;
import org.junit.jupiter.api.Test;

class ReestimationTest {
  private static final Samples DIGITS = Datasets.digits().train().first(100);
  private static final IntegerFormat INT3 = IntegerFormat.signed(3).restricted().perChannel();

  private static Network network() {
    return Recalibration.recalibrated(
        lived(chain(conv(4, 3, 1, 1), bn(), relu(), flat(), fc(10)), 1, 8, 8), DIGITS);
  }

  /** The convolution on a grid of 3 bits, a scale a filter. */
  private static Quantized quantized(Network folded) {
    float[] weights = folded.weights("conv1");
    List<QuantParams> params = new ArrayList<>();
    for (int filter = 0; filter < 4; filter++) {
      float reach = 0;
      for (int i = 9 * filter; i < 9 * filter + 9; i++) {
        reach = Math.max(reach, Math.abs(weights[i]));
      }
      params.add(INT3.params(-reach, reach));
    }
    WeightForm grid = new WeightForm.Grid(INT3.quantizer(params.toArray(QuantParams[]::new)));
    QuantizedGraph form =
        new QuantizedGraph(folded, Mode.WEIGHT_ONLY, Map.of("conv1.weight", grid), Map.of());
    return Quantized.of(folded, form, DIGITS);
  }

  @Test
  void isWhatMeasuringAnewAndFoldingGives() {
    Network network = network();
    Quantized plain = quantized(Folding.fold(network));

    Repaired found =
        Repairs.plan()
            .batchNormReestimated()
            .quantize(network, ReestimationTest::quantized, DIGITS);

    // Undo the folding of the rounded weights, measure with these, fold again. Epsilon apart, which
    // weighs 1e-5 against variances from 0.03 on.
    Map<String, float[]> values = new LinkedHashMap<>();
    float[] rounded = plain.values("conv1.weight");
    float[] gamma = network.values("bn1.gamma");
    float[] variance = network.values("bn1.runningVar");
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] /= (float) (gamma[i / 9] / Math.sqrt(variance[i / 9] + 1e-5));
    }
    values.put("conv1.weight", rounded);
    Network expected =
        Folding.fold(Recalibration.recalibrated(Nets.valued(network, values), DIGITS));
    assertThat(found.values("conv1.weight"))
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(expected.values("conv1.weight"));
    assertThat(found.values("conv1.bias"))
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(expected.values("conv1.bias"));
    assertThat(found.rows().get(0).changed()).startsWith("deviations times ");
  }

  @Test
  void withAScaleAChannelTheIntegersStay() {
    Network network = network();
    Quantized plain = quantized(Folding.fold(network));

    Repaired found =
        Repairs.plan()
            .batchNormReestimated()
            .quantize(network, ReestimationTest::quantized, DIGITS);

    assertThat(integers(found.form())).containsExactly(integers(plain.form()));
    assertThat(found.form().weights()).isNotEqualTo(plain.form().weights());
  }

  private static int[] integers(QuantizedGraph form) {
    return form.weights()
        .get("conv1.weight")
        .quantize(form.network().values("conv1.weight"), 4, 1, 3, 3)
        .integers();
  }
}
