package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepTest {

  @Test
  void countsIterations() {
    assertThat(Step.iterations(7).iterations(100L)).isEqualTo(7);
    assertThat(Step.epochs(2).iterations(100L)).isEqualTo(200);
    assertThat(Step.epochs(0.5).iterations(100L)).isEqualTo(50);
    assertThat(Step.epochs(0).iterations(100L)).isZero();
    // Halves go to the even neighbour.
    assertThat(Step.epochs(0.5).iterations(5L)).isEqualTo(2);
  }

  @Test
  void areValues() {
    assertThat(Step.epochs(1)).isEqualTo(Step.epochs(1)).hasToString("epochs(1.0)");
    assertThat(Step.iterations(3)).isEqualTo(Step.iterations(3)).hasToString("iterations(3)");
  }

  @Test
  void refuseNegativeCounts() {
    assertThatThrownBy(() -> Step.iterations(-1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("iterations must be 0 or more, found -1,000");
    assertThatThrownBy(() -> Step.epochs(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs must be 0 or more, found -1.0");
    assertThatThrownBy(() -> Step.epochs(Double.NaN))
        .hasMessage("epochs must be 0 or more, found NaN");
  }

  @Test
  void saysHowLongItIs() {
    assertThat(Step.epochs(5).words()).isEqualTo("5 passes");
    assertThat(Step.epochs(0.5).words()).isEqualTo("0.5 passes");
    assertThat(Step.iterations(4000).words()).isEqualTo("4,000 iterations");
  }
}
