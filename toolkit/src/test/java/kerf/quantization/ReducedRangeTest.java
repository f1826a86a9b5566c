package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.integer.IntegerDynamicLinear;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import org.junit.jupiter.api.Test;

/**
 * {@code reduce_range} narrows what scales are chosen for, not the integers of the converted
 * network. The numbers are those of PyTorch 2.13: a converted {@code Quantize} of scale 1
 * calibrated to 127 gives 200 for 200, and {@code quantize_dynamic} of a unit matrix 126 for 125.5
 * beside -1.5.
 */
class ReducedRangeTest {
  private static final IntegerFormat REDUCED = IntegerFormat.unsigned(8).reduceRange();
  private static final IntegerFormat WEIGHTS = IntegerFormat.signed(8).restricted();

  /** Two inputs to two outputs, as they are. */
  private static final Network UNIT =
      Network.of(new SequentialBlock().add(Linear.builder().setUnits(2).optBias(false).build()), 2)
          .revalued(Map.of("fc1.weight", new float[] {1, 0, 0, 1}));

  private static Calibrated calibrated() {
    return Quantization.plan()
        .weights(WEIGHTS)
        .activations(REDUCED)
        .ends()
        .prepare(UNIT)
        .calibrate(List.of(new float[] {0, 127}), 2);
  }

  @Test
  void scalesAreChosenForTheReducedRange() {
    assertThat(calibrated().point("input").params()).containsExactly(new QuantParams(1, 0));
    assertThat(calibrated().point("input").format()).isEqualTo(REDUCED);
  }

  @Test
  void theConvertedNetworkClipsAtTheEndsOfTheType() {
    Quantized quantized = calibrated().convert();
    float[] x = {200, 300};

    float[] simulated = Outputs.of(quantized, x, 1, 2);
    IntegerNetwork.Result integers =
        IntegerNetwork.of(quantized.form())
            .arithmetic(Arithmetic.FLOAT_RESCALING)
            .run(x.clone(), 1);

    assertThat(integers.integers("input")).containsExactly(200, 255);
    assertThat(integers.integers("fc1")).containsExactly(200, 255);
    assertThat(simulated).containsExactly(integers.output());
    assertThat(quantized.form().points().get("fc1").format().max()).isEqualTo(255);
  }

  @Test
  void weightsOfSevenBitsStayInSeven() {
    Quantized quantized =
        Quantization.plan()
            .weights(WEIGHTS.reduceRange())
            .activations(REDUCED)
            .ends()
            .prepare(UNIT)
            .calibrate(List.of(new float[] {0, 127}), 2)
            .convert();
    int[] integers =
        quantized.form().weights().get("fc1.weight").quantize(UNIT.weights("fc1"), 2, 2).integers();

    assertThat(Arrays.stream(integers).max()).hasValue(63);
  }

  @Test
  void whatIsRoundedAsItComesMayBeOneBeyondTheReducedRange() {
    Quantized quantized =
        Quantization.plan().dynamic().weights(WEIGHTS).activations(REDUCED).quantize(UNIT);
    var weights = quantized.form().weights().get("fc1.weight").quantize(UNIT.weights("fc1"), 2, 2);
    var layer = new IntegerDynamicLinear(weights, new float[2], REDUCED);
    float[] x = {-1.5f, 125.5f};

    // 125.5 + 2 is half-way between 127 and 128, and goes to the even one.
    assertThat(layer.quantize(x).integers()).containsExactly(0, 128);
    float unit = weights.dequantized()[0];
    assertThat(Outputs.of(quantized, x, 1, 2)).containsExactly(-2 * unit, 126 * unit);
  }
}
