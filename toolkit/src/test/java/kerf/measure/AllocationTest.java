package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final List<Double> LEVELS = List.of(0.0, 0.5, 0.9);

  /** 100 weights, sensitive, each used 9 times; and 300 weights, robust, each used once. */
  private static final Curves TWO =
      new Curves(
          Pruning.plan(),
          List.of(
              new LayerCurve("conv1", 100, 9, LEVELS, List.of(0.9, 0.8, 0.4)),
              new LayerCurve("fc1", 300, 1, LEVELS, List.of(0.9, 0.9, 0.84))));

  private static Goal sparsity(double fraction) {
    return Goal.sparsity(fraction);
  }

  @Test
  void cheapestWeightsGoFirst() {
    // fc1's first 150 weights cost nothing: 37.5 % of 400
    Allocation free = TWO.toSparsity(0.375);
    assertThat(free.loss()).isZero();
    assertThat(free.pruning().overrides())
        .containsEntry("conv1", sparsity(0))
        .containsEntry("fc1", sparsity(0.5));

    // then its next 120 at 0.06 / 120 each, before conv1's 50 at 0.1 / 50
    Allocation more = TWO.toSparsity(0.6);
    assertThat(more.layers().get(0).sparsity()).isZero();
    assertThat(more.layers().get(1).sparsity()).isCloseTo(0.8, within(1e-12));
    assertThat(more.loss()).isCloseTo(0.06 * 90 / 120, within(1e-12));
    assertThat(more.layers().get(1).saved()).isCloseTo(1, within(1e-12));

    // 270 of fc1 and 30 of conv1
    Allocation both = TWO.toSparsity(0.75);
    assertThat(both.layers().get(0).sparsity()).isCloseTo(0.3, within(1e-12));
    assertThat(both.layers().get(1).sparsity()).isCloseTo(0.9, within(1e-12));
    assertThat(both.loss()).isCloseTo(0.06 + 0.1 * 30 / 50, within(1e-12));
  }

  @Test
  void multiplicationsArePricedOtherwise() {
    // 900 and 300 MACs. Half of fc1 is free; then 450 of conv1 at 0.1 before 120 of fc1 at 0.06.
    Allocation allocation = TWO.toMacs(0.75);
    assertThat(allocation.layers().get(1).sparsity()).isCloseTo(0.5, within(1e-12));
    assertThat(allocation.layers().get(0).sparsity()).isCloseTo(150 / 900.0, within(1e-12));
    assertThat(allocation.loss()).isCloseTo(0.1 * 150 / 450, within(1e-12));
  }

  @Test
  void noiseInACurveIsBridged() {
    // A bump at 0.5 lies above the line from 0 to 0.9, and a gain counts as no loss.
    Curves bumpy =
        new Curves(
            Pruning.plan(),
            List.of(
                new LayerCurve("fc1", 100, 1, LEVELS, List.of(0.9, 0.5, 0.72)),
                new LayerCurve("fc2", 100, 1, LEVELS, List.of(0.9, 0.95, 0.9))));
    Allocation allocation = bumpy.toSparsity(0.675);
    assertThat(allocation.layers().get(1).sparsity()).isCloseTo(0.9, within(1e-12));
    assertThat(allocation.layers().get(0).sparsity()).isCloseTo(0.45, within(1e-12));
    assertThat(allocation.loss()).isCloseTo(0.09, within(1e-12));
  }

  @Test
  void theLastLevelIsWithinReach() {
    assertThat(TWO.toSparsity(0.9).layers())
        .allSatisfy(share -> assertThat(share.sparsity()).isCloseTo(0.9, within(1e-9)));
    assertThat(TWO.toSparsity(0.9))
        .hasToString("sparsities of 2 layers, 56.00 % accuracy lost (modelled)");
    assertThat(TWO.toSparsity(0.9).table().columnNames())
        .containsExactly("layer", "sparsity", "part of what is saved", "accuracy lost (modelled)");
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> TWO.toSparsity(0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the levels reach 90.0 % of the weights of 2 layers, found a target of 95.0 %; add"
                + " higher levels to the scan");
    assertThatThrownBy(() -> TWO.toSparsity(80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparsity must be a fraction in (0, 1), found 80.0; for 80 % write 0.8");
    Curves untraced =
        new Curves(
            Pruning.plan(),
            List.of(new LayerCurve("fc1", 100, 0, LEVELS, List.of(0.9, 0.5, 0.72))));
    assertThatThrownBy(() -> untraced.toMacs(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the MACs of fc1 are not known: the network could not be traced; use toSparsity");
  }
}
