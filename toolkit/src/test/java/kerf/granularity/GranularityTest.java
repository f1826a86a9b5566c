package kerf.granularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GranularityTest {
  /** Two rows of three: 1 -2 3, -4 5 -6. */
  private static final float[] SCORES = {1, -2, 3, -4, 5, -6};

  @Test
  void everyWeightIsAGroupAndKeepsItsScore() {
    Groups groups = Granularity.weights().groups("fc1", 2, 3);

    assertThat(groups.count()).isEqualTo(6);
    assertThat(groups.norms(SCORES, Norm.L2)).containsExactly(SCORES);
    assertThat(groups.indices(0, 4)).containsExactly(0, 4);
  }

  @Test
  void rowsAreSlicesAlongTheFirstAxis() {
    Groups rows = Granularity.slices(0).groups("fc1", 2, 3);

    assertThat(rows.count()).isEqualTo(2);
    assertThat(rows.members(1)).isEqualTo(3);
    assertThat(rows.norms(SCORES, Norm.L1)).containsExactly(6, 15);
    assertThat(rows.indices(1)).containsExactly(3, 4, 5);
    assertThat(rows.holding(new int[] {4, 3})).containsExactly(1);
  }

  @Test
  void columnsAreSlicesAlongTheLastAxis() {
    Groups columns = Granularity.slices(-1).groups("fc1", 2, 3);

    assertThat(columns).isEqualTo(Granularity.slices(1).groups("fc1", 2, 3));
    assertThat(columns.norms(SCORES, Norm.L1)).containsExactly(5, 7, 9);
    assertThat(columns.indices(2, 0)).containsExactly(0, 2, 3, 5);
  }

  @Test
  void anAxisInTheMiddleIsRegroupedToo() {
    Groups channels = Granularity.slices(1).groups("conv1", 2, 2, 2);

    assertThat(channels.indices(1)).containsExactly(2, 3, 6, 7);
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 5", "3, 4.497941", "Infinity, 4", "-Infinity, 3"})
  void normsOfThreeAndFour(double order, float expected) {
    float[] norms = new Groups(1, 2, 1, 2).norms(new float[] {-3, 4}, new Norm(order));

    assertThat(norms[0]).isEqualTo(expected, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 4", "4, 2", "Infinity, 1", "-Infinity, 1"})
  void normsOfOnesGrowWithTheGroup(double order, double expected) {
    assertThat(new Norm(order).ofOnes(16)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "NaN"})
  void refusesOrdersThatAreNoNorms(double order) {
    assertThatThrownBy(() -> new Norm(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("order of a norm must be positive or minus infinity, found " + order);
  }

  @Test
  void refusesSlicesOfAVector() {
    assertThatThrownBy(() -> Granularity.slices(0).groups("fc1.bias", 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "slices need a tensor of at least 2 axes, found fc1.bias of shape 5; prune it by"
                + " weights");
  }

  @ParameterizedTest
  @CsvSource({"2", "-3"})
  void refusesAnAxisOutOfRange(int axis) {
    assertThatThrownBy(() -> Granularity.slices(axis).groups("fc1", 4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("axis of slices must be in [-2, 2) for fc1 of shape 4×3, found " + axis);
  }

  @Test
  void tilesAtTheEdgesAreSmaller() {
    // 0 0 1
    // 0 0 1
    // 2 2 3
    Groups tiles = new Groups(3, 3, 2, 2);

    assertThat(tiles.count()).isEqualTo(4);
    assertThat(tiles.indices(1, 2)).containsExactly(2, 5, 6, 7);
    assertThat(tiles.members(0)).isEqualTo(4);
    assertThat(tiles.members(1)).isEqualTo(2);
    assertThat(tiles.members(3)).isEqualTo(1);
    assertThat(tiles.norms(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Norm.L1))
        .containsExactly(12, 9, 15, 9);
  }

  @Test
  void refusesTilesLargerThanTheMatrix() {
    assertThatThrownBy(() -> new Groups(2, 3, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "groups must be tiles of a matrix of at most 2147483647 weights, found tiles of 3×1 in"
                + " 2×3");
  }
}
