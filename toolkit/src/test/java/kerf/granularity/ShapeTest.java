package kerf.granularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void sizesAreProducts() {
    assertThat(Shape.size("fc1", 300, 784)).isEqualTo(235_200);
    assertThat(Shape.size("scale")).isEqualTo(1);
  }

  @Test
  void textsReadAloud() {
    assertThat(Shape.text(64, 3, 3, 3)).isEqualTo("64×3×3×3");
    assertThat(Shape.text()).isEqualTo("scalar");
  }

  @Test
  void refusesEmptyAxes() {
    assertThatThrownBy(() -> Shape.size("fc1", 300, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shape of fc1 must have positive axes and at most 2147483647 elements, found 300×0");
  }

  @Test
  void refusesMoreElementsThanAnArrayHolds() {
    assertThatThrownBy(() -> Shape.size("fc1", 65536, 65536, 65536, 65536, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shape of fc1 must have positive axes and at most 2147483647 elements, found"
                + " 65536×65536×65536×65536×1");
  }
}
