package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.HashMap;
import java.util.Map;
import kerf.data.Datasets;
import kerf.granularity.Granularity;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class SilenceTest {
  /** Two filters, the second the larger, and ten neurons; batch normalization behind both. */
  private static Network network() {
    Block convolution = Conv2d.builder().setFilters(2).setKernelShape(new Shape(8, 8)).build();
    Block block =
        new SequentialBlock()
            .add(new SequentialBlock().add(convolution))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(10).build())
            .add(BatchNorm.builder().build());
    Network network = Network.of(block, 1, 8, 8);
    Map<String, float[]> values = new HashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), counting(spec.size())));
    return network.revalued(values);
  }

  /** 1, 2, 3, ... */
  private static float[] counting(int length) {
    float[] counting = new float[length];
    for (int i = 0; i < length; i++) {
      counting[i] = i + 1;
    }
    return counting;
  }

  private static final Pruning FIRST_FILTER =
      Pruning.plan().granularity(Granularity.slices(0)).goal(Goal.count(1));

  @Test
  void filterWithoutWeightsIsSilent() {
    Network pruned = FIRST_FILTER.keep("fc1").prune(network());
    assertThat(pruned.weights("conv1")).startsWith(0, 0).endsWith(127, 128);
    assertThat(pruned.values("conv1.bias")).containsExactly(0, 2);
    assertThat(pruned.values("bn1.gamma")).containsExactly(0, 2);
    assertThat(pruned.values("bn1.beta")).containsExactly(0, 2);
    assertThat(pruned.values("bn1.runningMean")).containsExactly(1, 2);
    assertThat(pruned.factors())
        .containsOnlyKeys("conv1.weight", "conv1.bias", "bn1.gamma", "bn1.beta");
  }

  @Test
  void filterWithOneWeightIsHeard() {
    Network pruned = Pruning.plan().goal(Goal.count(63)).keep("fc1").prune(network());
    assertThat(pruned.weights("conv1")).startsWith(0, 0).contains(64);
    assertThat(pruned.values("conv1.bias")).containsExactly(1, 2);
    assertThat(pruned.factors()).containsOnlyKeys("conv1.weight");
  }

  @Test
  void neuronWithoutWeightsKeepsItsBias() {
    Network pruned = FIRST_FILTER.keep("conv1").prune(network());
    assertThat(pruned.weights("fc1")).startsWith(0, 0, 3, 4);
    assertThat(pruned.values("fc1.bias")).startsWith(1, 2);
    assertThat(pruned.values("bn2.beta")).startsWith(1, 2);
    assertThat(pruned.factors()).containsOnlyKeys("fc1.weight");
  }

  @Test
  void trainingDoesNotBreakSilence() {
    Network pruned = FIRST_FILTER.keep("fc1").prune(network().reinitialize(1));
    Training plan =
        Training.defaults().optimizer(new Sgd(0.1).momentum(0.9)).until(Step.iterations(20));
    Trained trained = plan.resume(Checkpoint.start(pruned), Datasets.digits());
    for (String silent : new String[] {"conv1.bias", "bn1.gamma", "bn1.beta"}) {
      assertThat(trained.values(silent)).containsOnlyOnce(0);
    }
    assertThat(trained.values("bn1.beta")).isNotEqualTo(pruned.values("bn1.beta"));
  }
}
