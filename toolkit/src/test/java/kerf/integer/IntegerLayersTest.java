package kerf.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import org.junit.jupiter.api.Test;

class IntegerLayersTest {
  private static final FixedPoint HALF =
      new FixedPoint(new int[] {1, 0}, List.of(Multiplier.of(0.5)), 10, 0, 255);

  @Test
  void aLinearLayerByHead() {
    // Zero point 2: inputs are 1 and 3. Sums: 1 * 1 + 3 * 2 = 7, and 1 * -1 + 3 * 0 = -1.
    IntegerLinear layer = new IntegerLinear(2, 2, new int[] {1, 2, -1, 0}, HALF, 2);
    // (7 + 1) / 2 + 10 = 14; -1 / 2 rounds up to 0.
    assertThat(layer.apply(new int[] {3, 5}, 1)).containsExactly(14, 10);
  }

  @Test
  void aConvolutionByHeadPadsWithTheZeroPoint() {
    IntegerConvolution layer =
        new IntegerConvolution(
            1,
            1,
            1,
            Window.square(3, 1).padded(1),
            new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1},
            new FixedPoint(new int[1], List.of(Multiplier.of(1)), 0, 0, 255),
            4);
    IntegerImages image = new IntegerImages(new int[] {5, 6, 7, 8}, 1, 1, 2, 2);
    // Every window sees all four pixels: 1 + 2 + 3 + 4, and padding counts as 0.
    assertThat(layer.apply(image).values()).containsExactly(10, 10, 10, 10);
  }

  @Test
  void groupsSeeTheirOwnChannels() {
    IntegerConvolution depthwise =
        new IntegerConvolution(
            2,
            1,
            2,
            Window.square(1, 1),
            new int[] {2, 3},
            new FixedPoint(new int[2], List.of(Multiplier.of(1)), 0, -128, 127),
            0);
    assertThat(depthwise.apply(new IntegerImages(new int[] {5, 7}, 1, 2, 1, 1)).values())
        .containsExactly(10, 21);
  }

  @Test
  void poolsKeepTheGrid() {
    IntegerImages image = new IntegerImages(new int[] {1, 2, 3, 5}, 1, 1, 2, 2);
    assertThat(IntegerPooling.max(image, Window.square(2, 2)).values()).containsExactly(5);
    assertThat(IntegerPooling.mean(image, Window.square(2, 2), 0).values()).containsExactly(3);
  }

  @Test
  void additionMeetsOnOneScale() {
    IntegerAdd add =
        new IntegerAdd(
            new QuantParams(0.5f, 0), new QuantParams(0.25f, 2), new QuantParams(1, 1), 0, 255);
    // 0.5 * 4 + 0.25 * (10 - 2) = 4, and the zero point.
    assertThat(add.apply(new int[] {4}, new int[] {10})).containsExactly(5);
  }

  @Test
  void integersFollowTheFloatsWithinAStep() {
    int inputs = 64;
    int outputs = 16;
    RandomStream stream = RandomStream.of(1, "integer");
    float[] x = stream.split("x").uniforms(inputs, 0, 1);
    float[] w = stream.split("w").gaussians(inputs * outputs, 0.2f);
    float[] b = stream.split("b").gaussians(outputs, 0.5f);
    float[] real = new float[outputs];
    for (int out = 0; out < outputs; out++) {
      real[out] = b[out];
      for (int in = 0; in < inputs; in++) {
        real[out] += w[out * inputs + in] * x[in];
      }
    }
    IntegerFormat activation = IntegerFormat.unsigned(8);
    Quantizer forInput = activation.quantizer(activation.params(0, 1));
    IntegerFormat weight = IntegerFormat.signed(8).restricted();
    Quantizer forWeight = weight.quantizer(weight.params(-0.8f, 0.8f));
    Quantizer forOutput = activation.quantizer(activation.params(-6, 6));
    float sx = forInput.params().get(0).scale();
    float sw = forWeight.params().get(0).scale();
    QuantParams output = forOutput.params().get(0);
    int[] bias = new int[outputs];
    for (int i = 0; i < outputs; i++) {
      bias[i] = FixedPoint.bias(b[i], sx, sw);
    }
    List<Multiplier> multiplier = List.of(Multiplier.of((double) sx * sw / output.scale()));
    IntegerLinear layer =
        new IntegerLinear(
            outputs,
            inputs,
            forWeight.quantize(w, outputs, inputs).integers(),
            new FixedPoint(bias, multiplier, output.zeroPoint(), 0, 255),
            forInput.params().get(0).zeroPoint());
    int[] y = layer.apply(forInput.quantize(x, inputs).integers(), 1);
    int[] wanted = forOutput.quantize(real, outputs).integers();
    for (int i = 0; i < outputs; i++) {
      assertThat(Math.abs(y[i] - wanted[i])).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new IntegerLinear(2, 2, new int[3], HALF, 0))
        .hasMessage("a linear layer 2→2 needs 4 weights, found 3");
    assertThatThrownBy(
            () -> new IntegerConvolution(2, 1, 1, Window.square(3, 1), new int[9], HALF, 0))
        .hasMessage("a convolution 1→2, 3×3, in 1 groups needs 18 weights, found 9");
    assertThatThrownBy(() -> new IntegerImages(new int[3], 1, 1, 2, 2))
        .hasMessage("images 1×1×2×2 need 4 values, found 3");
    assertThatThrownBy(
            () -> new FixedPoint(new int[3], List.of(Multiplier.of(1), Multiplier.of(1)), 0, 0, 1))
        .hasMessage("rescaling needs one multiplier or one a channel, that is 3, found 2");
  }
}
