package kerf.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LayerMaskTest {
  private static final LayerMask MASK =
      LayerMask.of("fc1", new long[] {2, 3}, new byte[] {1, 0, 1, 0, 0, 1});

  @Test
  void countsWhatItKeeps() {
    assertThat(MASK.size()).isEqualTo(6);
    assertThat(MASK.kept()).isEqualTo(3);
    assertThat(MASK.density()).isEqualTo(0.5);
    assertThat(MASK.sparsity()).isEqualTo(0.5);
    assertThat(MASK.keeps(2)).isTrue();
    assertThat(MASK.keeps(3)).isFalse();
    assertThat(MASK.row()).isEqualTo(new LayerDensity("fc1", "2×3", 6, 3, 0.5));
    assertThat(MASK).hasToString("mask of fc1, 2×3: 3 of 6 weights kept");
  }

  @Test
  void givesItsBitsInManyForms() {
    assertThat(MASK.bytes()).containsExactly(1, 0, 1, 0, 0, 1);
    assertThat(MASK.floats()).containsExactly(1, 0, 1, 0, 0, 1);
    assertThat(MASK.survivors()).containsExactly(0, 2, 5);
    assertThat(
            LayerMask.of(
                "fc1", new long[] {2, 3}, new boolean[] {true, false, true, false, false, true}))
        .isEqualTo(MASK)
        .hasSameHashCodeAs(MASK);
  }

  @Test
  void nothingFromOutsideChangesIt() {
    long[] shape = {2, 3};
    LayerMask mask = LayerMask.ones("fc1", shape);
    shape[0] = 9;
    mask.shape()[1] = 9;
    mask.bytes()[0] = 0;
    mask.without(1, 2);

    assertThat(mask.shape()).containsExactly(2, 3);
    assertThat(mask.kept()).isEqualTo(6);
  }

  @Test
  void prunedWeightsAreZeroWhateverTheyWere() {
    float[] weights = {1, Float.NaN, -3, Float.NEGATIVE_INFINITY, -5, 6};

    assertThat(MASK.apply(weights)).containsExactly(1, 0, -3, 0, 0, 6);
  }

  @Test
  void prunesFurther() {
    assertThat(MASK.without(2, 3).bytes()).containsExactly(1, 0, 0, 0, 0, 1);
    assertThatThrownBy(() -> MASK.without(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void differsByNameShapeAndBits() {
    assertThat(LayerMask.of("fc2", new long[] {2, 3}, MASK.bytes())).isNotEqualTo(MASK);
    assertThat(LayerMask.of("fc1", new long[] {3, 2}, MASK.bytes())).isNotEqualTo(MASK);
    assertThat(MASK.without(0)).isNotEqualTo(MASK);
  }

  @Test
  void refusesAnotherNumberOfBits() {
    assertThatThrownBy(() -> LayerMask.of("fc1", new long[] {2, 3}, new boolean[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask of fc1 has shape 2×3, that is 6 weights, found 5");
  }

  @Test
  void refusesAnotherNumberOfWeights() {
    assertThatThrownBy(() -> MASK.apply(new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask of fc1 has shape 2×3, that is 6 weights, found 7");
  }

  @Test
  void refusesBytesBesideZeroAndOne() {
    assertThatThrownBy(() -> LayerMask.of("fc1", new long[] {2}, new byte[] {1, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask of fc1 must hold only 0 and 1, found 255 at index 1");
  }
}
