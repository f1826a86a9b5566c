package kerf.quantization;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Arrays;
import java.util.Map;
import kerf.granularity.Granularity;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.trace.Graph;
import kerf.trace.Node;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FoldingTest {
  @Test
  void aNormalizationBehindAConvolutionGoesAndTheOutputsStay() {
    Network network = Nets.plain();

    Network folded = Folding.fold(network);

    assertThat(Graph.of(folded).nodes().stream().map(Node::name))
        .containsExactly(
            "input", "conv1", "relu1", "maxpool1", "conv2", "relu2", "flatten1", "fc1");
    assertThat(folded.values("conv1.bias")).hasSize(4);
    assertSame(network, folded);
  }

  @Test
  void foldingTwiceIsFoldingOnce() {
    Network folded = Folding.fold(Nets.plain());

    Network twice = Folding.fold(folded);

    assertThat(twice.architecture()).isEqualTo(folded.architecture());
    assertThat(twice.values("conv1.weight")).containsExactly(folded.values("conv1.weight"));
  }

  /** What {@code torch.nn.utils.fusion} gives, to the last bit. */
  @Test
  void foldsInFloatsInTheOrderOfPyTorch() {
    Map<String, float[]> folded = foldedOne(conv(1, 1, 0, 1), "conv1", 1, 1, 1);
    assertThat(folded.get("weight")).containsExactly(0.6264101f);
    assertThat(folded.get("bias")).containsExactly(0.098872006f);

    folded = foldedOne(fc(1), "fc1", 1);
    assertThat(folded.get("weight")).containsExactly(0.6264101f);
    assertThat(folded.get("bias")).containsExactly(0.09887195f);
  }

  private static Map<String, float[]> foldedOne(Block layer, String name, long... input) {
    Block norm = BatchNorm.builder().optEpsilon(1e-5f).build();
    Map<String, float[]> values =
        Map.of(
            name + ".weight",
            new float[] {0.5f},
            name + ".bias",
            new float[] {0.3f},
            "bn1.gamma",
            new float[] {1.9f},
            "bn1.beta",
            new float[] {0.6f},
            "bn1.runningMean",
            new float[] {0.7f},
            "bn1.runningVar",
            new float[] {2.3f});
    Network folded =
        Folding.fold(
            Network.of(new SequentialBlock().add(layer).add(norm), input).revalued(values));
    return Map.of("weight", folded.values(name + ".weight"), "bias", folded.values(name + ".bias"));
  }

  @Test
  void prunedFiltersStayPrunedAndSilent() {
    Network network =
        Pruning.plan().granularity(Granularity.filters()).sparsity(0.5).prune(Nets.plain());

    Network folded = Folding.fold(network);

    assertThat(folded.mask()).isEqualTo(network.mask());
    float[] bias = folded.values("conv1.bias");
    assertThat(java.util.stream.IntStream.range(0, 4).filter(i -> bias[i] == 0).count())
        .isEqualTo(2);
    assertSame(network, folded);
  }

  @Test
  void aNormalizationOfTheInputStays() {
    Network network =
        random(
            new SequentialBlock()
                .add(BatchNorm.builder().build())
                .add(conv(2, 1))
                .add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build()),
            3,
            4,
            4);

    Network folded = Folding.fold(network);

    assertThat(Graph.of(folded).node("bn1")).isNotNull();
    assertSame(network, folded);
  }

  @Test
  void aNormalizationOfALayerThatAnotherReadsTooStays() {
    Network network =
        random(
            new SequentialBlock()
                .add(conv(4, 1))
                .add(
                    new ai.djl.nn.ParallelBlock(
                        lists ->
                            new ai.djl.ndarray.NDList(
                                lists
                                    .get(0)
                                    .singletonOrThrow()
                                    .add(lists.get(1).singletonOrThrow())),
                        Arrays.asList(BatchNorm.builder().build(), Blocks.identityBlock()))),
            4,
            4,
            4);

    Network folded = Folding.fold(network);

    assertThat(Graph.of(folded).node("bn1")).isNotNull();
    assertSame(network, folded);
  }

  private static void assertSame(Network network, Network folded) {
    float[] expected = Nets.outputs(network, 3);
    float[] found = Nets.outputs(folded, 3);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i])
          .isCloseTo(expected[i], Offset.offset(2e-5f * (1 + Math.abs(expected[i]))));
    }
  }
}
