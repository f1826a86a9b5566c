package kerf.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantizerTest {
  private static final IntegerFormat UINT8 = IntegerFormat.unsigned(8);

  @Test
  void quantizeAddsTheZeroPointBeforeRoundingAndFakeQuantizeAfter() {
    Quantizer quantizer = UINT8.quantizer(new QuantParams(0.5f, 3));
    // x / scale = 0.5: 0.5 + 3 = 3.5 rounds to 4, but 0.5 rounds to 0, and 0 + 3 is 3.
    assertThat(quantizer.quantize(new float[] {0.25f}, 1).integers()).containsExactly(4);
    assertThat(quantizer.fake(new float[] {0.25f}, 1)).containsExactly(0f);
  }

  @Test
  void theGradientPassesWhereTheRoundedIntegerIsOnTheGrid() {
    Quantizer quantizer = IntegerFormat.signed(8).quantizer(new QuantParams(0.01f, 0));
    assertThat(quantizer.inRange(new float[] {-1.285f, -1.30f, 1.2749f, 1.2751f}, 4))
        .containsExactly(true, false, true, false);
  }

  @Test
  void channelsHaveScalesOfTheirOwn() {
    Quantizer rows =
        IntegerFormat.signed(8)
            .perChannel()
            .quantizer(new QuantParams(1, 0), new QuantParams(0.5f, 0));
    assertThat(rows.quantize(new float[] {1, 2, 1, 2}, 2, 2).integers())
        .containsExactly(1, 2, 2, 4);
    Quantizer columns =
        IntegerFormat.signed(8)
            .perChannel(1)
            .quantizer(new QuantParams(1, 0), new QuantParams(0.5f, 0));
    assertThat(columns.quantize(new float[] {1, 2, 1, 2}, 2, 2).integers())
        .containsExactly(1, 4, 1, 4);
  }

  @Test
  void groupsStayWithinAChannelAndTheLastIsShorter() {
    Quantizer groups =
        IntegerFormat.signed(8)
            .perGroup(2)
            .quantizer(
                new QuantParams(1, 0),
                new QuantParams(2, 0),
                new QuantParams(4, 0),
                new QuantParams(8, 0));
    assertThat(groups.quantize(new float[] {8, 8, 8, 8, 8, 8}, 2, 3).integers())
        .containsExactly(8, 8, 4, 2, 2, 1);
  }

  @Test
  void aTensorShowsWhatWasLost() {
    QuantizedTensor tensor =
        IntegerFormat.signed(2)
            .quantizer(new QuantParams(1, 0))
            .quantize(new float[] {-1, 0.25f, 1, 3}, 4);
    assertThat(tensor.integers()).containsExactly(-1, 0, 1, 1);
    assertThat(tensor.dequantized()).containsExactly(-1, 0, 1, 1);
    assertThat(tensor.clipped()).isEqualTo(0.25);
    // 10 log10((1 + 1/16 + 1 + 9) / (1/16 + 4))
    assertThat(tensor)
        .hasToString(
            "4, int2 [-2, 1] affine per tensor: scale 1.000, zero point 0, 25.00 % clipped, SQNR 4.4 dB\nintegers −1, 0, 1, 1");
    assertThat(tensor.table().row(0).getInt("greatest integer")).isEqualTo(1);
  }

  @Test
  void aTensorDrawsItsNumbersWithTheGridOverThem() {
    QuantizedTensor tensor =
        IntegerFormat.signed(2)
            .quantizer(new QuantParams(0.5f, 0))
            .quantize(new float[] {-1, 0.25f, 1, 3}, 4);
    assertThat(tensor.chart().toString())
        .contains("count by value", "grid of integers: 12 points", "50.00 % clipped, SQNR");
    QuantizedTensor rows =
        IntegerFormat.signed(2)
            .perChannel()
            .quantizer(new QuantParams(1, 0), new QuantParams(10, -1))
            .quantize(new float[] {-1, 1, -10, 10}, 2, 2);
    assertThat(rows.chart().toString())
        .contains("value / scale + zero point", "2 scales, 1.000 to 10.00", "\n−1, 1\n−2, 0");
    assertThat(rows.bundle().parts()).containsKeys("image/png", "text/plain");
    assertThat(
            IntegerFormat.signed(8).quantizer(new QuantParams(1, 0)).quantize(new float[500], 500))
        .asString()
        .endsWith("integers 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 …");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Quantizer quantizer = UINT8.quantizer(new QuantParams(1, 0));
    assertThatThrownBy(() -> quantizer.fake(new float[3], 2))
        .hasMessage("shape 2 has 2 elements, found 3");
    assertThatThrownBy(
            () -> UINT8.perChannel().quantizer(new QuantParams(1, 0)).fake(new float[4], 2, 2))
        .hasMessage("uint8 [0, 255] affine per channel needs 2 scales for shape 2×2, found 1");
    assertThatThrownBy(() -> UINT8.quantizer(new QuantParams(1, 256)))
        .hasMessage(
            "zero point must be in 0 to 255 for uint8 [0, 255] affine per tensor, found 256");
    assertThatThrownBy(() -> new QuantParams(0, 0))
        .hasMessage(
            "scale must be a number above 0, found 0.0; look for NaN or infinity in what was observed");
    assertThatThrownBy(
            () ->
                UINT8
                    .perChannel()
                    .quantizer(new QuantParams(1, 0), new QuantParams(1, 0))
                    .quantize(new float[2], 2)
                    .scale())
        .hasMessage(
            "one scale is asked for, found 2 (uint8 [0, 255] affine per channel); use quantizer().params()");
  }

  @Property
  void quantizingTwiceChangesNothing(
      @ForAll @IntRange(min = 2, max = 8) int bits,
      @ForAll @FloatRange(min = -10, max = 0) float low,
      @ForAll @FloatRange(min = 0.01f, max = 10) float high,
      @ForAll @FloatRange(min = -20, max = 20) float x) {
    IntegerFormat format = IntegerFormat.unsigned(bits);
    Quantizer quantizer = format.quantizer(format.params(low, high));
    float[] once = quantizer.fake(new float[] {x}, 1);
    assertThat(quantizer.fake(once, 1)).containsExactly(once);
  }

  @Property
  void insideTheRangeAtMostHalfAStepIsLost(
      @ForAll @FloatRange(min = -10, max = 0) float low,
      @ForAll @FloatRange(min = 0.01f, max = 10) float high,
      @ForAll @FloatRange(min = 0, max = 1) float place) {
    QuantParams params = UINT8.params(low, high);
    float x = low + place * (high - low);
    float[] back = UINT8.quantizer(params).quantize(new float[] {x}, 1).dequantized();
    // The ends of the range may lie half a step beyond the grid, since the zero point is rounded.
    assertThat(Math.abs(back[0] - x)).isLessThanOrEqualTo(params.scale() * 1.0001f);
  }
}
