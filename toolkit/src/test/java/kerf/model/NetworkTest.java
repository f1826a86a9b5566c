package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.nio.file.Path;
import java.util.Map;
import kerf.data.Datasets;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.storage.Npz;
import kerf.training.Checkpoint;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {
  @TempDir Path folder;

  /** Two inputs, two outputs: weights 1 2 / 3 4 and biases 5 6. */
  private static Network small() {
    Structure structure =
        new Structure(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build()),
            2);
    return new Network(
        new OwnBlock(structure, new Initialization.GlorotNormal()),
        Map.of("fc1.weight", new float[] {1, 2, 3, 4}, "fc1.bias", new float[] {5, 6}));
  }

  private static Mask mask(boolean... kept) {
    return Mask.of("fc1", new long[] {2, 2}, kept);
  }

  private static Block convolutional() {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(16).build())
        .add(BatchNorm.builder().build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(10).build());
  }

  @Test
  void maskingLeavesTheOriginal() {
    Network dense = small();
    Network pruned = dense.masked(mask(true, false, true, true));
    assertThat(pruned.weights("fc1")).containsExactly(1, 0, 3, 4);
    assertThat(pruned.values("fc1.bias")).containsExactly(5, 6);
    assertThat(dense.weights("fc1")).containsExactly(1, 2, 3, 4);
    assertThat(dense.mask().sparsity()).isZero();
    assertThat(pruned.mask().sparsity()).isEqualTo(0.25);
  }

  @Test
  void whatIsPrunedDoesNotComeBack() {
    Network pruned =
        small().masked(mask(true, false, true, true)).masked(mask(true, true, false, true));
    assertThat(pruned.weights("fc1")).containsExactly(1, 0, 0, 4);
    assertThat(pruned.revalued(small().rawValues()).weights("fc1")).containsExactly(1, 0, 0, 4);
  }

  @Test
  void valuesAreCopies() {
    Network network = small();
    network.weights("fc1")[0] = 9;
    network.values("fc1.bias")[0] = 9;
    assertThat(network.weights("fc1")).containsExactly(1, 2, 3, 4);
    assertThat(network.values("fc1.bias")).containsExactly(5, 6);
  }

  @Test
  void reinitializingKeepsTheMask() {
    Network pruned = new Lenet300100().initialize(1);
    Mask shuffled =
        pruned.mask().and(Mask.of(pruned.mask().layers().stream().map(l -> l.without(0)).toList()));
    Network again = pruned.masked(shuffled).reinitialize(2);
    assertThat(again.mask()).isEqualTo(shuffled);
    assertThat(again.weights("fc1"))
        .containsExactly(new Lenet300100().initialize(2).masked(shuffled).weights("fc1"));
  }

  @Test
  void comesBackFromAFileWithItsMask() {
    Network pruned = small().masked(mask(true, false, true, true));
    Path file = folder.resolve("network.npz");
    pruned.save(file);
    Network loaded = pruned.architecture().load(file);
    assertThat(loaded.weights("fc1")).containsExactly(1, 0, 3, 4);
    assertThat(loaded.values("fc1.bias")).containsExactly(5, 6);
    assertThat(loaded.mask()).isEqualTo(pruned.mask());
    assertThat(Npz.read(file)).containsOnlyKeys("fc1.weight", "fc1.bias", "mask:fc1");
  }

  @Test
  void namesLayersByKind() {
    Network network = Network.of(convolutional(), 1, 8, 8);
    assertThat(network.layers()).containsExactly("conv1", "fc1", "fc2");
    assertThat(network.architecture().structure().parameters())
        .extracting(ParameterSpec::name)
        .contains("conv1.weight", "bn1.gamma", "bn1.runningMean", "fc1.weight", "bn2.beta");
    assertThat(network.mask().layer("conv1").shape()).containsExactly(4, 1, 3, 3);
    assertThat(network.mask().layer("fc1").shape()).containsExactly(16, 144);
    assertThat(network.values("bn1.gamma")).containsOnly(1);
    assertThat(network.values("bn1.runningVar")).containsOnly(1);
    assertThat(network.values("bn2.beta")).containsOnly(0);
  }

  @Test
  void batchNormTrainsAndKeepsItsStatistics() {
    Network network = Network.of(convolutional(), 1, 8, 8);
    Training plan = Training.defaults().until(Step.epochs(10)).seed(2);
    Trained trained = plan.resume(Checkpoint.start(network), Datasets.digits());
    assertThat(trained.history().last().testAccuracy()).isGreaterThan(0.85);
    assertThat(trained.values("bn1.runningVar")).isNotEqualTo(network.values("bn1.runningVar"));
    assertThat(trained.values("bn1.gamma")).isNotEqualTo(network.values("bn1.gamma"));
    assertThat(network.values("bn1.runningVar")).containsOnly(1);
    Trained again = plan.resume(Checkpoint.start(network), Datasets.digits());
    assertThat(again.values("bn2.runningMean")).containsExactly(trained.values("bn2.runningMean"));
    assertThat(again.history()).isEqualTo(trained.history());
  }

  @Test
  void errorsNameWhatThereIs() {
    Network network = new Lenet300100().initialize(1);
    assertThatThrownBy(() -> network.weights("conv1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no layer 'conv1' with weights in lenet300100(glorotNormal); it has fc1, fc2, fc3");
    assertThatThrownBy(() -> network.values("fc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no parameter 'fc1' in lenet300100(glorotNormal); it has fc1.weight, fc1.bias,"
                + " fc2.weight, fc2.bias, fc3.weight, fc3.bias");
    assertThatThrownBy(() -> network.masked(mask(true, true, true, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask of fc1 has shape 2×2, found 300×784 in network"
                + " lenet300100(glorotNormal); masks fit only the architecture they were made"
                + " from");
    assertThatThrownBy(() -> network.masked(Mask.of(LayerMask.ones("fc1", 300, 784))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask has layers fc1, fc2, fc3, found fc1 in the other mask; masks combine only with"
                + " masks of the same architecture");
  }

  @Test
  void blockWithoutWeights() {
    Block block = new SequentialBlock().add(Blocks.batchFlattenBlock());
    assertThatThrownBy(() -> Network.of(block, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a network needs a block with at least one weight of two or more dimensions, found"
                + " none in SequentialBlock; add a layer such as Linear or Conv2d");
  }

  @Test
  void valuesOfAnotherSize() {
    Network network = small();
    assertThatThrownBy(() -> network.revalued(Map.of("fc1.weight", new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "fc1.weight of %s needs 4 values of shape [2, 2], found 3"
                .formatted(network.architecture().describe()));
    assertThatThrownBy(() -> network.revalued(Map.of("fc1.weight", new float[4])))
        .hasMessage(
            "fc1.bias of %s needs 2 values of shape [2], found none"
                .formatted(network.architecture().describe()));
  }

  @Test
  void dropoutRateIsAFraction() {
    assertThatThrownBy(() -> new Dropout(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout rate must be a fraction in [0, 1), found 1.0");
  }
}
