package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import kerf.mask.LayerMask;
import org.junit.jupiter.api.Test;

class DropoutTest {
  /** A quarter of the connections, half the rate. */
  @Test
  void fewerConnectionsAreDroppedLess() {
    LayerMask quarter =
        LayerMask.of("fc1", new long[] {2, 2}, new boolean[] {false, true, false, false});
    assertThat(Dropout.rescaled(0.5, quarter)).isEqualTo(0.25);
    assertThat(Dropout.rescaled(0.5, LayerMask.ones("fc1", 2, 2))).isEqualTo(0.5);
  }
}
