package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  private static final Pruning PLAN =
      Pruning.plan().granularity(Granularity.channels()).goal(Goal.count(1));

  private static Conv2d conv() {
    return Conv2d.builder().setFilters(3).setKernelShape(new Shape(1, 1)).optBias(false).build();
  }

  /**
   * {@code y = a x + b a x}, three channels: the mean magnitudes of a's filters are 1, 4, 5, of b's
   * 6, 2, 3, so of both 3.5, 3, 4; and a layer of two behind.
   */
  private static Network residual() {
    Network network =
        Network.of(
            new SequentialBlock()
                .add(conv())
                .add(
                    new ParallelBlock(
                        lists -> new NDList(lists.get(0).head().add(lists.get(1).head())),
                        List.of(new SequentialBlock().add(conv()), Blocks.identityBlock())))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build()),
            1,
            1,
            1);
    return network.revalued(
        Map.of(
            "conv1.weight", new float[] {1, 4, -5},
            "conv2.weight", new float[] {6, -6, 6, 2, 2, 2, 3, 3, 3},
            "fc1.weight", new float[6],
            "fc1.bias", new float[2]));
  }

  private static boolean[] kept(Mask mask, String layer) {
    LayerMask own = mask.layer(layer);
    boolean[] kept = new boolean[own.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = own.keeps(i);
    }
    return kept;
  }

  @Test
  void addedLayersLoseTheChannelThatIsLeastInBoth() {
    Mask mask = PLAN.mask(residual());
    assertThat(kept(mask, "conv1")).containsExactly(true, false, true);
    assertThat(kept(mask, "conv2"))
        .containsExactly(true, true, true, false, false, false, true, true, true);
    assertThat(mask.layer("fc1").sparsity()).isZero();
  }

  @Test
  void nextChannelIsTheNextLeast() {
    Network once = PLAN.prune(residual());
    Mask twice = PLAN.mask(once);
    assertThat(kept(twice, "conv1")).containsExactly(false, false, true);
    assertThat(PLAN.sparsity(0.3).mask(once)).isEqualTo(once.mask());
  }

  @Test
  void floorLeavesChannels() {
    Mask mask = PLAN.floor(0.5).goal(Goal.count(3)).mask(residual());
    assertThat(kept(mask, "conv1")).containsExactly(true, false, true);
  }

  @Test
  void goalOfOneLayerIsTheGoalOfAllThatLoseWithIt() {
    Mask mask = PLAN.goal(Goal.count(0)).goal("conv2", Goal.count(2)).mask(residual());
    assertThat(kept(mask, "conv1")).containsExactly(false, false, true);
    Pruning two = PLAN.goal("conv1", Goal.count(1)).goal("conv2", Goal.count(2));
    assertThatThrownBy(() -> two.mask(residual()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("layers that lose channels together must have one goal, found [");
  }

  @Test
  void keepingOneLayerKeepsAllThatLoseWithIt() {
    assertThatThrownBy(() -> PLAN.keep("conv1").mask(residual()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pruning needs at least one layer, found [conv1, conv2, fc1] with [conv1] kept");
  }

  @Test
  void globalScopeRanksGroupsTogether() {
    Mask mask = PLAN.scope(Scope.GLOBAL).mask(residual());
    assertThat(kept(mask, "conv1")).containsExactly(true, false, true);
  }

  @Test
  void weightsAloneAreNotEnough() {
    Network network = residual();
    Map<String, float[]> weights =
        Map.of(
            "conv1", network.weights("conv1"),
            "conv2", network.weights("conv2"),
            "fc1", network.weights("fc1"));
    assertThatThrownBy(() -> PLAN.mask(network.mask(), weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "channels() needs a network, which says what layers lose channels together, found"
                + " only weights; use prune(network)");
  }
}
