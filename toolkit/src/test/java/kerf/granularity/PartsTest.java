package kerf.granularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parts of a linear layer "fc1" and of a convolution "conv1" of 2 filters, 3 inputs, 1×2 places.
 */
class PartsTest {
  private static final long[] CONV = {2, 3, 1, 2};

  @Test
  void rowsAndColumnsOfAMatrix() {
    assertThat(Granularity.rows().groups("fc1", 2, 3).indices(1)).containsExactly(3, 4, 5);
    assertThat(Granularity.columns().groups("fc1", 2, 3).indices(1)).containsExactly(1, 4);
  }

  @Test
  void filtersInputChannelsAndKernelsOfAConvolution() {
    assertThat(Granularity.filters().groups("conv1", CONV).indices(1))
        .containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(Granularity.inputChannels().groups("conv1", CONV).indices(1))
        .containsExactly(2, 3, 8, 9);
    assertThat(Granularity.kernels().groups("conv1", CONV).count()).isEqualTo(6);
    assertThat(Granularity.kernels().groups("conv1", CONV).indices(4)).containsExactly(8, 9);
  }

  @Test
  void aLinearLayersFiltersAreItsNeurons() {
    assertThat(Granularity.filters().groups("fc1", 2, 3))
        .isEqualTo(Granularity.rows().groups("fc1", 2, 3));
    assertThat(Granularity.inputChannels().groups("fc1", 2, 3))
        .isEqualTo(Granularity.columns().groups("fc1", 2, 3));
  }

  @Test
  void blocksOfAMatrixAndWhatIsLeftAtItsEdges() {
    Groups blocks = Granularity.blocks(2, 2).groups("fc1", 3, 5);

    assertThat(blocks.count()).isEqualTo(6);
    assertThat(blocks.indices(0)).containsExactly(0, 1, 5, 6);
    assertThat(blocks.indices(2)).containsExactly(4, 9);
    assertThat(blocks.indices(5)).containsExactly(14);
  }

  @Test
  void blocksOfAConvolutionSeeItsFiltersAsRows() {
    Groups blocks = Granularity.blocks(2, 3).groups("conv1", CONV);

    assertThat(blocks.indices(1)).containsExactly(3, 4, 5, 9, 10, 11);
  }

  @Test
  void aBlockIsNoLargerThanItsMatrix() {
    assertThat(Granularity.blocks(16, 16).groups("fc1", 3, 5).count()).isEqualTo(1);
  }

  @Property
  void everyWeightIsInOneGroup(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width) {
    Groups groups = Granularity.blocks(height, width).groups("w", rows, columns);
    boolean[] seen = new boolean[rows * columns];
    for (int group = 0; group < groups.count(); group++) {
      int[] members = groups.indices(group);
      assertThat(members).hasSize(groups.members(group));
      BitSet one = new BitSet();
      one.set(group);
      assertThat(groups.weights(one).stream()).containsExactly(boxed(members));
      assertThat(groups.holding(groups.weights(one))).isEqualTo(one);
      for (int index : members) {
        assertThat(seen[index]).isFalse();
        seen[index] = true;
      }
    }
    assertThat(seen).doesNotContain(false);
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  @Test
  void theRunsOfAPatternGoAlongTheInputs() {
    List<List<Integer>> runs = new ArrayList<>();

    new NofM(1, 2)
        .runs("conv1", CONV, (start, stride, length) -> runs.add(List.of(start, stride, length)));

    // Two inputs, then the one that is left, at each of two places, for each of two filters.
    assertThat(runs)
        .containsExactly(
            List.of(0, 2, 2),
            List.of(1, 2, 2),
            List.of(4, 2, 1),
            List.of(5, 2, 1),
            List.of(6, 2, 2),
            List.of(7, 2, 2),
            List.of(10, 2, 1),
            List.of(11, 2, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows() need a matrix (out×in), found conv1 of shape 2×3×1×2; prune by filters(), or leave it out with keep(\"conv1\") | ROWS | 2 3 1 2",
        "columns() need a matrix (out×in), found conv1 of shape 2×3×1×2; prune by inputChannels(), or leave it out with keep(\"conv1\") | COLUMNS | 2 3 1 2",
        "kernels() need a convolution (out×in×height×width), found conv1 of shape 2×3; prune by weights(), or leave it out with keep(\"conv1\") | KERNELS | 2 3",
        "filters() need at least 2 axes (out×in), found conv1 of shape 5; prune by weights(), or leave it out with keep(\"conv1\") | FILTERS | 5",
        "inputChannels() need at least 2 axes (out×in), found conv1 of shape 5; prune by weights(), or leave it out with keep(\"conv1\") | INPUT_CHANNELS | 5"
      })
  void refusesTensorsWithoutSuchParts(String message, Part part, String shape) {
    long[] axes = Arrays.stream(shape.split(" ")).mapToLong(Long::parseLong).toArray();

    assertThatThrownBy(() -> part.groups("conv1", axes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesBlocksOfAVectorAndOfNothing() {
    assertThatThrownBy(() -> Granularity.blocks(2, 2).groups("fc1.bias", 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "blocks(2, 2) need a tensor of at least 2 axes, found fc1.bias of shape 5; prune it by"
                + " weights");
    assertThatThrownBy(() -> Granularity.blocks(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blocks must be of 1 row and 1 column or more, found blocks(0, 4)");
  }

  @Test
  void refusesPatternsThatKeepAllAndLayersOfFewInputs() {
    assertThatThrownBy(() -> Granularity.nm(4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nm(n, m) keeps n of m weights, 1 or more but not all, found nm(4, 2); for 2:4 write"
                + " nm(2, 4)");
    assertThatThrownBy(() -> Granularity.nm(2, 4).groups("conv1", 6, 1, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nm(2, 4) needs 4 inputs (axis 1) or more, found conv1 of shape 6×1×5×5; leave it out"
                + " with keep(\"conv1\")");
  }
}
