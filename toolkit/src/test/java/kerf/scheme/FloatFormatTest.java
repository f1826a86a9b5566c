package kerf.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatFormatTest {
  @Test
  void halvesAreNumpys() {
    // numpy.float32(numpy.float16(x))
    assertThat(FloatFormat.FP16.round(new float[] {1 / 3f, 0.1f, 1000.3f, 2049, 2051}))
        .containsExactly(0.33325195f, 0.099975586f, 1000.5f, 2048, 2052);
  }

  @Test
  void halvesEndWhereIeeeSays() {
    assertThat(FloatFormat.FP16.round(65504)).isEqualTo(65504);
    assertThat(FloatFormat.FP16.round(65519)).isEqualTo(65504);
    assertThat(FloatFormat.FP16.round(-65520)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(FloatFormat.FP16.round(0x1p-24f)).isEqualTo(0x1p-24f);
    assertThat(FloatFormat.FP16.round(0x1p-25f)).isZero();
    assertThat(FloatFormat.FP16.round(0x1.8p-25f)).isEqualTo(0x1p-24f);
    assertThat(FloatFormat.FP16.round(Float.NaN)).isNaN();
  }

  @Test
  void brainFloatsKeepSevenBitsAndRoundHalvesToEven() {
    assertThat(FloatFormat.BF16.round(1 + 0x1p-8f)).isEqualTo(1);
    assertThat(FloatFormat.BF16.round(1 + 0x1.8p-7f)).isEqualTo(1 + 0x1p-6f);
    assertThat(FloatFormat.BF16.round(3.14159f)).isEqualTo(3.140625f);
    assertThat(FloatFormat.BF16.round(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
  }
}
