package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;

import kerf.scheme.FloatFormat;
import org.junit.jupiter.api.Test;

class NumberTypeTest {
  @Test
  void theNarrowestTypeThatHoldsAGrid() {
    assertThat(NumberType.holding(-8, 7)).isEqualTo(NumberType.INT4);
    assertThat(NumberType.holding(0, 15)).isEqualTo(NumberType.UINT4);
    assertThat(NumberType.holding(-9, 7)).isEqualTo(NumberType.INT8);
    assertThat(NumberType.holding(0, 255)).isEqualTo(NumberType.UINT8);
    assertThat(NumberType.holding(-128, 128)).isEqualTo(NumberType.INT16);
    assertThat(NumberType.holding(0, 65535)).isEqualTo(NumberType.UINT16);
    assertThat(NumberType.holding(-40_000, 0)).isEqualTo(NumberType.INT32);
  }

  @Test
  void integersAreLittleEndianAndTheFirstOfTwoIsLow() {
    assertThat(NumberType.INT4.pack(1, -1, 7)).containsExactly(0xf1, 0x07);
    assertThat(NumberType.UINT8.pack(255, 1)).containsExactly(0xff, 0x01);
    assertThat(NumberType.INT16.pack(-2)).containsExactly(0xfe, 0xff);
    assertThat(NumberType.INT32.pack(1)).containsExactly(1, 0, 0, 0);
    assertThat(NumberType.INT64.pack(-1)).containsExactly(-1, -1, -1, -1, -1, -1, -1, -1);
    assertThat(NumberType.pack(1f)).containsExactly(0, 0, 0x80, 0x3f);
  }

  @Test
  void sizesInBytes() {
    assertThat(NumberType.INT4.bytes(3)).isEqualTo(2);
    assertThat(NumberType.INT8.bytes(3)).isEqualTo(3);
    assertThat(NumberType.FLOAT.bytes(3)).isEqualTo(12);
  }

  @Test
  void theBitsOfHalfPrecision() {
    assertThat(WeightWriter.halfBits(0f)).isZero();
    assertThat(WeightWriter.halfBits(-0f)).isEqualTo(0x8000);
    assertThat(WeightWriter.halfBits(1f)).isEqualTo(0x3c00);
    assertThat(WeightWriter.halfBits(-2f)).isEqualTo(0xc000);
    assertThat(WeightWriter.halfBits(65504f)).isEqualTo(0x7bff);
    assertThat(WeightWriter.halfBits(Float.POSITIVE_INFINITY)).isEqualTo(0x7c00);
    assertThat(WeightWriter.halfBits(Float.NaN)).isEqualTo(0x7e00);
    // The least number, 2^-24, and the least that has an exponent of its own.
    assertThat(WeightWriter.halfBits(0x1p-24f)).isEqualTo(1);
    assertThat(WeightWriter.halfBits(0x1p-14f)).isEqualTo(0x400);
    assertThat(WeightWriter.halfBits(FloatFormat.FP16.round(0.1f))).isEqualTo(0x2e66);
  }
}
