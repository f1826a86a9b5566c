package kerf.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SchemeTest {
  @Test
  void bitsNarrowBothSidesAndKeepTheRest() {
    assertThat(Scheme.int8())
        .hasToString(
            "weights int8 [-127, 127] symmetric per channel, activations uint8 [0, 255] affine per tensor");
    assertThat(Scheme.int8().bits(4))
        .hasToString(
            "weights int4 [-7, 7] symmetric per channel, activations uint4 [0, 15] affine per tensor");
    assertThat(Scheme.int8().weights(FloatFormat.FP16).bits(4).weights())
        .isEqualTo(FloatFormat.FP16);
    assertThat(Scheme.int8().weights(new PaletteFormat(4)).bits(3).weights())
        .isEqualTo(new PaletteFormat(3));
  }

  @Test
  void activationsShareOneScale() {
    assertThatThrownBy(() -> Scheme.int8().activations(IntegerFormat.unsigned(8).perChannel()))
        .hasMessage(
            "activations share one scale a tensor, found uint8 [0, 255] affine per channel; call perTensor()");
  }
}
