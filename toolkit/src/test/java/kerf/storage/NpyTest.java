package kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NpyTest {
  private static final Npy FLOATS = Npy.of(new long[] {2, 1}, new float[] {1, 2});

  @Test
  void copiesOnTheWayInAndOut() {
    long[] shape = {2};
    float[] values = {1, 2};
    Npy array = Npy.of(shape, values);
    shape[0] = 9;
    values[0] = 9;
    array.shape()[0] = 9;
    array.floats()[0] = 9;

    assertThat(array.shape()).containsExactly(2);
    assertThat(array.floats()).containsExactly(1, 2);
  }

  @Test
  void isEqualByTypeShapeAndContent() {
    assertThat(Npy.of(new long[] {2, 1}, new float[] {1, 2}))
        .isEqualTo(FLOATS)
        .hasSameHashCodeAs(FLOATS);
    assertThat(Npy.of(new long[] {1, 2}, new float[] {1, 2})).isNotEqualTo(FLOATS);
    assertThat(Npy.of(new long[] {2, 1}, new float[] {1, 3})).isNotEqualTo(FLOATS);
    assertThat(Npy.of(new long[] {2, 1}, new int[] {1, 2})).isNotEqualTo(FLOATS);
    assertThat(FLOATS).hasToString("FLOAT32[2, 1]");
  }

  @Test
  void widensFloatsButNeverNarrows() {
    assertThat(FLOATS.doubles()).containsExactly(1, 2);
    assertThatThrownBy(Npy.of(new long[] {1}, new double[] {1})::floats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("array must hold FLOAT32, found FLOAT64[1]");
  }

  @Test
  void refusesToReadFloatsAsIntegers() {
    assertThatThrownBy(FLOATS::longs)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("array must hold an integer type, found FLOAT32[2, 1]");
  }

  @Test
  void refusesToReadWideElementsAsBytes() {
    assertThatThrownBy(FLOATS::bytes)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("array must hold INT8, UINT8 or BOOL, found FLOAT32[2, 1]");
  }

  @Test
  void refusesAShapeThatHoldsAnotherNumberOfValues() {
    assertThatThrownBy(() -> Npy.of(new long[] {2, 3}, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 3] holds 6 values, found 5");
  }

  @Test
  void refusesNegativeAxes() {
    assertThatThrownBy(() -> Npy.of(new long[] {-2, -3}, new float[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an axis must not be negative, found shape [-2, -3]");
  }

  @Test
  void refusesBytesAsWiderElements() {
    assertThatThrownBy(() -> Npy.of(ElementType.INT32, new long[] {1}, new byte[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bytes hold INT8, UINT8 or BOOL, found INT32; give its own primitive array");
  }
}
