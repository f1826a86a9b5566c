package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Tensor DENSE = Tensor.of(2, 5).values(1, -2, 3, -4, 5, -6, 7, -8, 9, -10);

  @Test
  void sevenTenthsGoAndTheTensorStaysAsItIs() {
    Tensor pruned = Pruning.plan().amount(0.7).prune(DENSE);
    assertThat(pruned.values()).containsExactly(0, 0, 0, 0, 0, 0, 0, -8, 9, -10);
    assertThat(DENSE.mask().kept()).isEqualTo(10);
    assertThat(pruned.toString())
        .isEqualTo(
            """
            2×5 tensor, 3 of 10 kept
                    ·        ·        ·        ·        ·
                    ·        ·  -8.0000   9.0000 -10.0000""");
  }

  @Test
  void whatIsPrunedStaysPruned() {
    Tensor pruned = Pruning.plan().count(7).prune(DENSE);
    assertThat(Pruning.plan().count(1).prune(pruned).values())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 9, -10);
    assertThat(pruned.values(1, 1, 1, 1, 1, 1, 1, 1, 1, 1).values())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  void wholeColumnsGoTogether() {
    assertThat(Pruning.plan().granularity(Granularity.slices(1)).count(3).prune(DENSE).values())
        .containsExactly(0, 0, 0, -4, 5, 0, 0, 0, 9, -10);
  }

  @Test
  void aReadyMaskOfAnyNameWillDo() {
    LayerMask every =
        LayerMask.of("mine", new long[] {2, 2}, new boolean[] {true, false, true, false});
    assertThat(Tensor.of(2, 2).values(1, 2, 3, 4).masked(every).values())
        .containsExactly(1, 0, 3, 0);
    assertThatThrownBy(() -> DENSE.masked(every))
        .hasMessage(
            "mask of tensor has shape 2×5, found 2×2 in the other mask; masks combine only with masks"
                + " of the same architecture");
    assertThatThrownBy(() -> DENSE.values(1, 2))
        .hasMessage("mask of tensor has shape 2×5, that is 10 weights, found 2");
  }

  @Test
  void randomNumbersComeFromTheirSeed() {
    assertThat(Tensor.of(3).normal(1)).isEqualTo(Tensor.of(3).normal(1));
    assertThat(Tensor.of(3).normal(1)).isNotEqualTo(Tensor.of(3).normal(2));
  }

  @Test
  void axesBeforeTheLastTwoAreSetApartAndLargeTensorsOnlyCounted() {
    assertThat(Tensor.of(2, 1, 1).toString())
        .isEqualTo("2×1×1 tensor, 2 of 2 kept\n   0.0000\n\n   0.0000");
    assertThat(Tensor.of(30, 30).toString()).isEqualTo("30×30 tensor, 900 of 900 kept");
  }
}
