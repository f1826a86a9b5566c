package kerf.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kerf.model.DivergedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aDiagonalThatIsNotPositiveIsNoInverseOfAHessian() {
    for (double bad : new double[] {0, -1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      InverseHessian inverse =
          new InverseHessian(new int[] {4, 7}, new double[][] {{2, 0}, {0, bad}});
      double[] values = {1, 1};
      assertThatThrownBy(() -> inverse.delete(1, values))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "the inverse Hessian must be positive on its diagonal, found "
                  + bad
                  + " for parameter 7: rounding has used up its digits; take more damping, such as .damping(1e-4), or a new Hessian more often, such as .refresh(0.01)");
      assertThat(values).containsExactly(1, 1);
      assertThat(inverse.deleted(1)).isFalse();
    }
  }

  /** Deleting one after the other is solving anew for all that is left, whatever the order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theRecursionAgreesWithSolvingAnew(long seed) {
    int size = 30;
    double[][] hessian = hessian(size, seed);
    int[] places = IntStream.range(0, size).toArray();
    InverseHessian recursion = new InverseHessian(places, inverse(hessian));
    Random random = new Random(seed);
    double[] start = random.doubles(size, -1, 1).toArray();
    double[] values = start.clone();
    List<Integer> left = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(left, random);
    while (left.size() > 1) {
      recursion.delete(left.remove(0), values);
      double[][] rest = inverse(part(hessian, left));
      // Where the parabola about the start is least with all others at 0.
      for (int i = 0; i < left.size(); i++) {
        double moved = start[left.get(i)];
        for (int j = 0; j < left.size(); j++) {
          assertThat(recursion.at(left.get(i), left.get(j)))
              .isCloseTo(rest[i][j], within(1e-9 * rest[i][i]));
          moved += rest[i][j] * pull(hessian, left.get(j), start, left);
        }
        assertThat(values[left.get(i)]).isCloseTo(moved, within(1e-8));
      }
    }
  }

  /** What the deleted parameters, moved to 0, do to one that is left. */
  private static double pull(double[][] hessian, int row, double[] start, List<Integer> left) {
    return IntStream.range(0, start.length)
        .filter(deleted -> !left.contains(deleted))
        .mapToDouble(deleted -> hessian[row][deleted] * start[deleted])
        .sum();
  }

  /** A sum of squares of few rows, damped, as that of a network on few samples. */
  private static double[][] hessian(int size, long seed) {
    Random random = new Random(100 + seed);
    double[][] matrix = new double[size][size];
    for (int sample = 0; sample < size / 2; sample++) {
      double[] row = random.doubles(size, -1, 1).toArray();
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          matrix[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      matrix[i][i] += 1e-2;
    }
    return matrix;
  }

  private static double[][] part(double[][] matrix, List<Integer> kept) {
    return kept.stream()
        .map(row -> kept.stream().mapToDouble(column -> matrix[row][column]).toArray())
        .toArray(double[][]::new);
  }

  /** By elimination (Gauss and Jordan), pivots on the diagonal. */
  private static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] rows = new double[size][2 * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(matrix[i], 0, rows[i], 0, size);
      rows[i][size + i] = 1;
    }
    for (int pivot = 0; pivot < size; pivot++) {
      double[] top = rows[pivot];
      double by = top[pivot];
      for (int j = 0; j < 2 * size; j++) {
        top[j] /= by;
      }
      for (int i = 0; i < size; i++) {
        double share = rows[i][pivot];
        for (int j = 0; i != pivot && j < 2 * size; j++) {
          rows[i][j] -= share * top[j];
        }
      }
    }
    double[][] inverse = new double[size][];
    for (int i = 0; i < size; i++) {
      inverse[i] = Arrays.copyOfRange(rows[i], size, 2 * size);
    }
    return inverse;
  }
}
