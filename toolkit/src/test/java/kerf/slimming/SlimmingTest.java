package kerf.slimming;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static kerf.model.SmallNets.sum;
import static kerf.model.SmallNets.unbiased;
import static kerf.slimming.Tiny.withoutFilters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import java.nio.file.Path;
import java.util.Map;
import kerf.data.Datasets;
import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import kerf.model.Architecture;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import kerf.training.Adam;
import kerf.training.Checkpoint;
import kerf.training.OptimizerState;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlimmingTest {
  @TempDir Path folder;

  private static final Slimming PLAN = Slimming.plan();

  /**
   * Two inputs, three neurons with ReLU, one output: neuron 0 doubles the first input, neuron 1
   * gives out its bias, neuron 2 is not read.
   */
  private static Network byHead() {
    Network network =
        Network.of(chain(fc(3), relu(), fc(1)), 2)
            .revalued(
                Map.of(
                    "fc1.weight", new float[] {2, 0, 8, 8, 1, 1},
                    "fc1.bias", new float[] {1, 5, 9},
                    "fc2.weight", new float[] {3, 10, 8},
                    "fc2.bias", new float[] {7}));
    return Tiny.withoutInputs(withoutFilters(network, "fc1", 1), "fc2", 2);
  }

  @Test
  void constantMovesIntoTheNextBiasAndWhatIsNotReadGoes() {
    Slimmed slim = PLAN.slim(byHead());
    assertThat(slim.weights("fc1")).containsExactly(2, 0);
    assertThat(slim.values("fc1.bias")).containsExactly(1);
    assertThat(slim.weights("fc2")).containsExactly(3);
    assertThat(slim.values("fc2.bias")).containsExactly(7 + 10 * 5);
    assertThat(slim.report().toString().lines().skip(1))
        .containsExactly(
            "fc1: Linear(2→3) => (2→1)   fc1 out pruned",
            "fc2: Linear(3→1) => (1→1)   fc1 out — fc2 in");
    assertThat(slim.report().parameters()).isEqualTo(13);
    assertThat(slim.report().slimParameters()).isEqualTo(5);
    assertThat(slim.report().macs()).isEqualTo(9);
    assertThat(slim.report().slimMacs()).isEqualTo(3);
  }

  @Test
  void negativeConstantEndsAtTheReluAndAddsNothing() {
    Network network = byHead();
    Network negative =
        network.revalued(
            Map.of(
                "fc1.weight",
                network.weights("fc1"),
                "fc1.bias",
                new float[] {1, -5, 9},
                "fc2.weight",
                network.weights("fc2"),
                "fc2.bias",
                new float[] {7}));
    assertThat(PLAN.slim(negative).values("fc2.bias")).containsExactly(7);
  }

  @Test
  void deadNeuronsDieInARow() {
    // fc3 reads nothing of fc2's only living neuron's maker: all goes but one neuron a layer.
    Network network = Tiny.of(flat(), fc(4), relu(), fc(4), relu(), fc(2));
    Network masked = Tiny.withoutInputs(network, "fc3", 1, 2, 3);
    masked = Tiny.withoutInputs(masked, "fc2", 0);
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.shape("fc1")).containsExactly(3, 72);
    assertThat(slim.shape("fc2")).containsExactly(1, 3);
    assertThat(slim.shape("fc3")).containsExactly(2, 1);
  }

  @Test
  void halfOfLenet5() {
    Network dense = lived(new Lenet5().initialize(1));
    Network masked = filters(0.5).keep("fc2").prune(dense);
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.report().toString().lines().skip(1))
        .containsExactly(
            "conv1: Conv2d(1→20, 5×5) => (1→10, 5×5)   conv1 out pruned",
            "conv2: Conv2d(20→50, 5×5) => (10→25, 5×5)   conv1 out — conv2 in; conv2 out pruned",
            "fc1: Linear(800→500) => (400→250)   conv2 out — flatten1 — fc1 in; fc1 out pruned",
            "fc2: Linear(500→10) => (250→10)   fc1 out — fc2 in");
    assertThat(slim.report().toString().lines().findFirst().orElseThrow())
        .matches(
            "slim lenet5#[0-9a-f]{8}\\(glorotNormal\\): 431,080 → 109,295 parameters \\(−74.6 %\\);"
                + " 2,293,000 → 646,500 MACs \\(−71.8 %\\); 1,724,320 → 437,180 bytes \\(−74.6 %\\);"
                + " outputs differ by at most .*e-0[678] of the largest \\(measured\\)");
    assertSame(masked, slim);
  }

  @Test
  void wholeLenet300100NeedsNoSlimming() {
    Network dense = new Lenet300100().initialize(1);
    Slimmed slim = PLAN.slim(dense);
    assertThat(slim.architecture()).isSameAs(dense.architecture());
    assertThat(slim.report().toString()).endsWith("nothing to remove");
    assertThat(slim.report().cuts()).extracting(Cut::because).containsOnly("");
  }

  private static Pruning filters(double amount) {
    return Pruning.plan().granularity(Granularity.filters()).amount(amount);
  }

  static void assertSame(Network masked, Network slim) {
    float[] expected = Tiny.outputs(masked);
    float largest = 0;
    for (float output : expected) {
      largest = Math.max(largest, Math.abs(output));
    }
    assertThat(Tiny.outputs(slim)).containsExactly(expected, within(1e-5f * largest));
  }

  @Test
  void secondSlimmingIsTheFirst() {
    Tiny.zoo()
        .forEach(
            (name, network) -> {
              Slimmed once =
                  PLAN.slim(filters(0.4).granularity(Granularity.channels()).prune(network));
              Slimmed twice = PLAN.slim(once);
              assertThat(twice.architecture()).as(name).isEqualTo(once.architecture());
              assertThat(twice.report().slimParameters())
                  .isEqualTo(twice.report().parameters())
                  .isEqualTo(once.report().slimParameters());
            });
  }

  @Test
  void unstructuredMaskIsCarriedAlong() {
    Network dense = Tiny.of(flat(), fc(3), relu(), fc(2));
    Network sparse = Pruning.plan().sparsity(0.5).prune(dense);
    Network masked = withoutFilters(sparse, "fc1", 1);
    Slimmed slim = PLAN.slim(masked);
    LayerMask before = masked.mask().layer("fc1");
    LayerMask after = slim.mask().layer("fc1");
    assertThat(after.shape()).containsExactly(2, 72);
    for (int i = 0; i < 72; i++) {
      assertThat(after.keeps(i)).isEqualTo(before.keeps(i));
      assertThat(after.keeps(72 + i)).isEqualTo(before.keeps(144 + i));
    }
  }

  @Test
  void roundsUpToAMultipleAndKeepsTheLargest() {
    Network network = Tiny.of(flat(), fc(8), relu(), fc(2));
    float[] weights = network.weights("fc1");
    for (int i = 0; i < 72; i++) {
      weights[3 * 72 + i] = 5;
    }
    Network large =
        network.revalued(
            Map.of(
                "fc1.weight", weights,
                "fc1.bias", network.values("fc1.bias"),
                "fc2.weight", network.weights("fc2"),
                "fc2.bias", network.values("fc2.bias")));
    // Nothing reads neurons 0 to 4: three stay, four are wanted, the fourth is the largest, 3.
    Network masked = Tiny.withoutInputs(large, "fc2", 0, 1, 2, 3, 4);
    assertThat(PLAN.slim(masked).shape("fc1")).containsExactly(3, 72);
    Slimmed slim = PLAN.roundTo(4).slim(masked);
    assertThat(slim.shape("fc1")).containsExactly(4, 72);
    assertThat(slim.weights("fc1")).startsWith(5, 5, 5);
    assertThat(PLAN.roundTo(5).slim(masked).shape("fc1")).containsExactly(5, 72);
    assertThat(PLAN.roundTo(16).slim(masked).shape("fc1")).containsExactly(8, 72);
    assertSame(masked, slim);
  }

  @Test
  void layersThatAreKeptStay() {
    Network masked = filters(0.5).keep("fc2").prune(lived(new Lenet5().initialize(1)));
    Slimmed slim = PLAN.keep("conv1").slim(masked);
    assertThat(slim.shape("conv1")).containsExactly(20, 1, 5, 5);
    assertThat(slim.shape("conv2")).containsExactly(25, 20, 5, 5);
    assertSame(masked, slim);
  }

  @Test
  void oneChannelIsAlwaysLeft() {
    Network masked = withoutFilters(Tiny.of(conv(3, 1), relu(), flat(), fc(2)), "conv1", 0, 1, 2);
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.shape("conv1")).containsExactly(1, 2, 3, 3);
    assertSame(masked, slim);
  }

  @Test
  void unbiasedLayerIsAdjustedBehindIt() {
    Network network =
        Tiny.of(flat(), fc(3), relu(), unbiasedFc(2), bn(), fc(2)); // fc2 has no bias to add to
    Network masked = withoutFilters(network, "fc1", 1);
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.values("bn1.runningMean")).isNotEqualTo(masked.values("bn1.runningMean"));
    assertSame(masked, slim);
  }

  private static ai.djl.nn.Block unbiasedFc(int units) {
    return ai.djl.nn.core.Linear.builder().setUnits(units).optBias(false).build();
  }

  @Test
  void optimizerStateIsSlicedWithTheWeights() {
    Network masked = byHead();
    Map<String, float[]> momentum =
        Map.of(
            "fc1.weight", new float[] {1, 2, 3, 4, 5, 6},
            "fc1.bias", new float[] {7, 8, 9},
            "fc2.weight", new float[] {10, 11, 12},
            "fc2.bias", new float[] {13});
    Checkpoint slim =
        PLAN.slim(new Checkpoint(40, masked, new OptimizerState(30, Map.of("momentum", momentum))));
    assertThat(slim.iteration()).isEqualTo(40);
    assertThat(slim.optimizer().steps()).isEqualTo(30);
    Map<String, float[]> sliced = slim.optimizer().slots().get("momentum");
    assertThat(sliced.get("fc1.weight")).containsExactly(1, 2);
    assertThat(sliced.get("fc1.bias")).containsExactly(7);
    assertThat(sliced.get("fc2.weight")).containsExactly(10);
    assertThat(sliced.get("fc2.bias")).containsExactly(13);
    assertThat(slim.network().weights("fc2")).containsExactly(3);
  }

  @Test
  void trainsOnFromASlimCheckpointAsTheMaskedNetworkWould() {
    // No constants among what goes, so both trainings take the same steps.
    Network network = Network.of(chain(conv(4, 1), relu(), flat(), fc(10)), 1, 8, 8);
    Network masked = withoutFilters(network, "conv1", 0, 2);
    Training plan = Training.defaults().optimizer(new Adam(1e-3)).batch(32).seed(3);
    Checkpoint middle =
        plan.until(Step.iterations(20))
            .checkpointAt(Step.iterations(20))
            .resume(Checkpoint.start(masked), Datasets.digits())
            .checkpoint(Step.iterations(20));
    Training on = plan.until(Step.iterations(30));
    Trained whole = on.resume(middle, Datasets.digits());
    Trained slim = on.resume(PLAN.slim(middle), Datasets.digits());
    assertThat(slim.shape("conv1")).containsExactly(2, 1, 3, 3);
    assertThat(slim.values("fc1.bias")).containsExactly(whole.values("fc1.bias"), within(1e-5f));
    assertThat(slim.history().last().validationLoss())
        .isEqualTo(whole.history().last().validationLoss(), within(1e-4));
  }

  @Test
  void comesBackFromAFile() {
    Network dense = lived(new Lenet5().initialize(1));
    Slimmed slim = PLAN.slim(filters(0.5).keep("fc2").prune(dense));
    Path file = folder.resolve("slim.npz");
    slim.save(file);
    Network loaded = Slimming.load(new Lenet5(), file);
    assertThat(loaded.architecture()).isEqualTo(slim.architecture());
    assertThat(loaded.mask()).isEqualTo(slim.mask());
    assertThat(Tiny.outputs(loaded)).containsExactly(Tiny.outputs(slim));
  }

  @Test
  void architectureAloneStartsAfresh() {
    Network masked = filters(0.5).keep("fc2").prune(new Lenet5().initialize(1));
    Architecture slim = PLAN.slim(new Lenet5(), masked.mask());
    assertThat(slim).isEqualTo(PLAN.slim(masked).architecture());
    Network fresh = slim.initialize(4);
    assertThat(fresh.shape("conv2")).containsExactly(25, 10, 5, 5);
    assertThat(fresh.mask().sparsity()).isZero();
    assertThat(fresh.values("conv2.bias")).containsOnly(0);
    // Glorot's variance for the smaller layer: 2 / (10·25 + 25·25).
    double squares = 0;
    for (float weight : fresh.weights("conv2")) {
      squares += weight * weight;
    }
    assertThat(squares / 6250).isCloseTo(2.0 / 875, within(2e-4));
  }

  @Test
  void slimNetworkIsPrunedAndSlimmedAgain() {
    Network dense = lived(new Lenet5().initialize(1));
    Slimmed once = PLAN.slim(filters(0.5).keep("fc2").prune(dense));
    Network again = filters(0.5).keep("fc2").prune(once);
    assertThat(again.values("conv1.bias")).contains(0);
    Slimmed twice = PLAN.slim(again);
    assertThat(twice.shape("conv2")).containsExactly(13, 5, 5, 5);
    assertThat(twice.architecture().describe()).startsWith("slim lenet5#");
    assertSame(again, twice);
  }

  @Test
  void refusesWhenNothingCanGo() {
    Network residual =
        Tiny.of(conv(2, 1), sum(chain(conv(2, 1)), Blocks.identityBlock()), flat(), fc(2));
    Network masked = withoutFilters(residual, "conv2", 1);
    assertThatThrownBy(() -> PLAN.slim(masked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nothing can be removed from this network: conv2 keeps 1 pruned filter, because conv1"
                + " gives out the same channels and keeps them (conv2 out — add1 — conv1 out);"
                + " granularity(channels()) prunes them alike");
  }

  @Test
  void saysWhatStaysWhereSomethingGoes() {
    Network residual =
        Tiny.of(conv(2, 1), sum(chain(conv(2, 1)), Blocks.identityBlock()), flat(), fc(3), fc(2));
    Network masked = withoutFilters(withoutFilters(residual, "conv2", 1), "fc1", 0);
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.shape("fc1")[0]).isEqualTo(2);
    assertThat(slim.report().left())
        .containsExactly(
            "conv2 keeps 1 pruned filter, because conv1 gives out the same channels and keeps them"
                + " (conv2 out — add1 — conv1 out); granularity(channels()) prunes them alike");
    assertSame(masked, slim);
  }

  @Test
  void refusesAConstantThatPaddingCutsOff() {
    // A neuron's constant, reshaped to an image: no bias of conv1 is the same at the edges.
    Network network =
        Tiny.of(
            flat(),
            fc(2),
            new ai.djl.nn.LambdaBlock(
                list ->
                    new ai.djl.ndarray.NDList(
                        list.head().reshape(new ai.djl.ndarray.types.Shape(-1, 2, 1, 1)))),
            conv(2, 1),
            flat(),
            fc(2));
    Network masked = withoutFilters(network, "fc1", 0);
    assertThatThrownBy(() -> PLAN.slim(masked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nothing can be removed from this network: fc1 keeps 1 pruned neuron, because what is"
                + " left of them, a constant, cannot move into conv1, which pads its input with"
                + " zeros");
  }

  @Test
  void refusesUnknownLayersAndMultiples() {
    Network dense = new Lenet300100().initialize(1);
    assertThatThrownBy(() -> PLAN.keep("conv9").slim(dense))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep names layer conv9, found only fc1, fc2, fc3");
    assertThatThrownBy(() -> PLAN.roundTo(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channels are rounded to a multiple of at least 1, found 0");
  }

  @Test
  void proofCatchesADifference() {
    Network one = Tiny.of(flat(), fc(2), fc(2));
    Network other = one.reinitialize(9);
    assertThatThrownBy(() -> Proof.difference(one, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "a slim network must compute what the masked one does, to 1.0E-5 of the largest"
                + " output, found a difference of ");
  }

  @Test
  void silentFilterOfAnUnstructuredMaskGoesToo() {
    Network network = Tiny.of(unbiased(4), bn(), relu(), unbiased(3), bn(), flat(), fc(2));
    Network masked =
        Pruning.plan()
            .goal(Goal.count(18))
            .keep("conv2", "fc1")
            .prune(withoutFilters(network, "conv1", 2));
    Slimmed slim = PLAN.slim(masked);
    assertThat(slim.shape("conv2")).containsExactly(3, 3, 3, 3);
    assertThat(slim.values("bn1.gamma")).hasSize(3);
    assertThat(slim.values("bn1.runningVar")).hasSize(3);
    assertSame(masked, slim);
  }
}
