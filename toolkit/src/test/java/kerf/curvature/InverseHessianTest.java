package kerf.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InverseHessianTest {
  /** Of the Hessian [[1, 1], [1, 2]]. */
  private static InverseHessian two() {
    return new InverseHessian(new int[] {4, 7}, new double[][] {{2, -1}, {-1, 1}});
  }

  @Test
  void foretellsTheRiseWithAllOthersAdjusted() {
    assertThat(two().saliency(0, 4)).isEqualTo(4);
    assertThat(two().saliency(1, 4)).isEqualTo(8);
  }

  @Test
  void aDeletionMovesTheOthersToWhereItHurtsLeast() {
    InverseHessian inverse = two();
    double[] values = {3, 4};
    inverse.delete(1, values);

    // From (3, 4) by (d, -4): (d² - 8 d + 32) / 2 is least, 8, at d = 4.
    assertThat(values).containsExactly(7, 0);
    assertThat(inverse.deleted(1)).isTrue();
    assertThat(inverse.deleted(0)).isFalse();
    assertThat(inverse.places()).containsExactly(4, 7);
  }

  @Test
  void whatIsLeftIsTheInverseOfASmallerHessian() {
    InverseHessian inverse = two();
    inverse.delete(1, new double[] {3, 4});

    assertThat(inverse.at(0, 0)).isEqualTo(1);
    assertThat(inverse.at(0, 1)).isZero();
    assertThat(inverse.at(1, 1)).isZero();
  }

  @Test
  void whatWasDeletedStaysThere() {
    // Of the identity plus a matrix of ones.
    InverseHessian inverse =
        new InverseHessian(
            new int[] {0, 1, 2},
            new double[][] {{.75, -.25, -.25}, {-.25, .75, -.25}, {-.25, -.25, .75}});
    double[] values = {3, 3, 3};
    inverse.delete(0, values);
    assertThat(values).containsExactly(0, 4, 4);
    inverse.delete(2, values);

    assertThat(values[0]).isZero();
    assertThat(values[1]).isCloseTo(6, within(1e-12));
    assertThat(values[2]).isZero();
    assertThat(inverse.at(1, 1)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void nothingIsDeletedTwice() {
    InverseHessian inverse = two();
    inverse.delete(1, new double[] {3, 4});

    assertThatThrownBy(() -> inverse.delete(1, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a parameter can be deleted once, found a second time for number 1");
  }
}
