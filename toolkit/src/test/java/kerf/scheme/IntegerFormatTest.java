package kerf.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntegerFormatTest {
  @Test
  void symmetricScalesAreThoseOfPyTorch() {
    assertThat(IntegerFormat.signed(8).symmetric().params(-1, 0.5f))
        .isEqualTo(new QuantParams(1 / 127.5f, 0));
    assertThat(IntegerFormat.signed(8).restricted().params(-1, 0.5f))
        .isEqualTo(new QuantParams(1 / 127f, 0));
    assertThat(IntegerFormat.unsigned(8).symmetric().params(-1, 0.5f).zeroPoint()).isEqualTo(128);
  }

  @Test
  void affineScalesAreThoseOfPyTorch() {
    QuantParams params = IntegerFormat.unsigned(8).params(-1, 0.5f);
    assertThat(params.scale()).isCloseTo(0.0058824f, within(1e-7f));
    assertThat(params.zeroPoint()).isEqualTo(170);
    QuantParams reduced = IntegerFormat.unsigned(8).reduceRange().params(-1, 0.5f);
    assertThat(reduced.scale()).isCloseTo(0.0118110f, within(1e-7f));
    assertThat(reduced.zeroPoint()).isEqualTo(85);
  }

  @Test
  void aRangeIsWidenedToHoldZero() {
    assertThat(IntegerFormat.unsigned(8).params(2, 3)).isEqualTo(new QuantParams(3 / 255f, 0));
    assertThat(IntegerFormat.unsigned(8).params(-3, -2)).isEqualTo(new QuantParams(3 / 255f, 255));
  }

  @Test
  void aRangeOfZerosHasTheLeastScale() {
    assertThat(IntegerFormat.unsigned(8).params(0, 0)).isEqualTo(new QuantParams(0x1p-23f, 0));
  }

  @Test
  void widthsHaveTheirGrids() {
    assertThat(IntegerFormat.signed(2)).hasToString("int2 [-2, 1] affine per tensor");
    assertThat(IntegerFormat.unsigned(4).perGroup(32))
        .hasToString("uint4 [0, 15] affine per group of 32");
    assertThat(IntegerFormat.signed(8).restricted().perChannel())
        .hasToString("int8 [-127, 127] symmetric per channel");
    assertThat(IntegerFormat.signed(8).reduceRange())
        .hasToString("int8 [-64, 63] affine per tensor");
    assertThat(IntegerFormat.signed(32).max()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void impossibleFormatsAreRefused() {
    assertThatThrownBy(() -> IntegerFormat.signed(1))
        .hasMessage(
            "an integer format needs 2 or more bits, found 1; one bit has no zero: use"
                + " qat().weights(binary())");
    assertThatThrownBy(() -> IntegerFormat.unsigned(9))
        .hasMessage("bits must be 2 to 8, 16 or 32, found 9");
    assertThatThrownBy(() -> IntegerFormat.unsigned(32))
        .hasMessage(
            "unsigned formats have 2 to 8 or 16 bits, found 32; 32 bits are for biases, signed");
    assertThatThrownBy(() -> IntegerFormat.unsigned(8).restricted())
        .hasMessage(
            "restricted() leaves out the integer without an opposite, found an unsigned format; use int8()");
    assertThatThrownBy(() -> IntegerFormat.signed(4).range(-8, 8))
        .hasMessage(
            "a grid of 4 bits must have a least below its greatest integer and at most 16 of them, found -8 to 8");
    assertThatThrownBy(() -> IntegerFormat.signed(8).params(Float.NaN, 1))
        .hasMessage(
            "a range must have a least and a greatest number, found NaN to 1.0; look for NaN or infinity in what was observed");
  }

  @Property
  void zeroIsExactInEveryFormatAndRange(
      @ForAll @IntRange(min = 2, max = 8) int bits,
      @ForAll boolean signed,
      @ForAll boolean symmetric,
      @ForAll @FloatRange(min = -100, max = 100) float one,
      @ForAll @FloatRange(min = -100, max = 100) float other) {
    IntegerFormat format = signed ? IntegerFormat.signed(bits) : IntegerFormat.unsigned(bits);
    IntegerFormat mapped = symmetric ? format.symmetric() : format;
    Quantizer quantizer =
        mapped.quantizer(mapped.params(Math.min(one, other), Math.max(one, other)));
    assertThat(quantizer.fake(new float[] {0}, 1)).containsExactly(0);
  }
}
