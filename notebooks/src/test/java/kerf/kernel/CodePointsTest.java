package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodePointsTest {
  /** Two characters beyond the basic plane, which take two UTF-16 units each, and a b. */
  private static final String TEXT = "\uD835\uDD38\uD835\uDD39b";

  @Test
  void countsCharactersNotUnits() {
    assertThat(CodePoints.toUtf16(TEXT, 2)).isEqualTo(4);
    assertThat(CodePoints.fromUtf16(TEXT, 4)).isEqualTo(2);
  }

  @Test
  void isBoundedByTheText() {
    assertThat(CodePoints.toUtf16(TEXT, 9)).isEqualTo(5);
    assertThat(CodePoints.toUtf16(TEXT, -1)).isZero();
    assertThat(CodePoints.fromUtf16(TEXT, 9)).isEqualTo(3);
  }
}
