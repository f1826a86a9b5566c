package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.List;
import java.util.function.Function;
import kerf.model.Dropout;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.model.SmallNets;
import kerf.model.Structure;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static Conv2d convolution(int filters, int groups) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optGroups(groups)
        .build();
  }

  private static SequentialBlock classified(SequentialBlock block) {
    return block.add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(3).build());
  }

  /** Input and filtered input beside each other in the sum, then side by side. */
  private static Block branched() {
    Block residual =
        new ParallelBlock(
            list -> new NDList(list.get(0).head().add(list.get(1).head())),
            List.of(
                new SequentialBlock().add(convolution(4, 1)).add(BatchNorm.builder().build()),
                Blocks.identityBlock()));
    Block joined =
        new ParallelBlock(
            list -> new NDList(list.get(0).head().concat(list.get(1).head(), 1)),
            List.of(convolution(4, 4), new SequentialBlock().add(Activation::relu6)));
    return classified(
        new SequentialBlock()
            .add(convolution(4, 1))
            .add(residual)
            .add(Activation::relu)
            .add(joined)
            .add(Pool.globalAvgPool2dBlock()));
  }

  private static Network with(Function<NDArray, NDArray> lambda) {
    return Network.of(
        classified(new SequentialBlock().add(convolution(4, 1)).addSingleton(lambda)), 2, 6, 6);
  }

  @Test
  void showsItself() {
    assertThat(Graph.of(new Lenet5()).bundle().text())
        .isEqualTo(
            """
            graph of 9 nodes, 1×28×28 -> 10: 431,080 parameters, 2,293,000 MACs
            Graph
            node      operator            inputs    output    parameters       MACs
            ────────  ──────────────────  ────────  ────────  ──────────  ─────────
            input     Input                         1×28×28            0          0
            conv1     Conv2d(1→20, 5×5)   input     20×24×24         520    288,000
            maxpool1  MaxPool2d(2×2)      conv1     20×12×12           0          0
            conv2     Conv2d(20→50, 5×5)  maxpool1  50×8×8        25,050  1,600,000
            maxpool2  MaxPool2d(2×2)      conv2     50×4×4             0          0
            flatten1  Flatten             maxpool2  800                0          0
            fc1       Linear(800→500)     flatten1  500          400,500    400,000
            relu1     ReLU                fc1       500                0          0
            fc2       Linear(500→10)      relu1     10             5,010      5,000""");
  }

  @Test
  void seesThroughBranchesAndLambdas() {
    Graph graph = Graph.of(Network.of(branched(), 2, 6, 6));
    assertThat(graph.nodes())
        .extracting(Node::toString)
        .containsExactly(
            "input = Input() -> 2×6×6",
            "conv1 = Conv2d(2→4, 3×3, padding 1)(input) -> 4×6×6",
            "conv2 = Conv2d(4→4, 3×3, padding 1)(conv1) -> 4×6×6",
            "bn1 = BatchNorm(4)(conv2) -> 4×6×6",
            "add1 = Add(bn1, conv1) -> 4×6×6",
            "relu1 = ReLU(add1) -> 4×6×6",
            "conv3 = Conv2d(4→4, 3×3, padding 1, groups 4)(relu1) -> 4×6×6",
            "relu6_1 = ReLU6(relu1) -> 4×6×6",
            "concat1 = Concat(axis 1)(conv3, relu6_1) -> 8×6×6",
            "globalavgpool1 = GlobalAvgPool(concat1) -> 8",
            "fc1 = Linear(8→3)(globalavgpool1) -> 3");
    assertThat(graph.output()).isEqualTo("fc1");
    assertThat(graph.readers("conv1")).extracting(Node::name).containsExactly("conv2", "add1");
  }

  @Test
  void computesWhatTheBlockComputes() {
    Twin.of(new Lenet300100().initialize(1)).same(4);
    Twin.of(new Lenet5().initialize(1)).same(4);
    Twin.of(Network.of(branched(), 2, 6, 6)).same(4);
  }

  @Test
  void computesEveryActivation() {
    SmallNets.activations().forEach(lambda -> Twin.of(with(lambda)).same(2));
  }

  @Test
  void computesEveryOtherOperator() {
    List<Function<NDArray, NDArray>> lambdas =
        List.of(
            x -> x.mul(x),
            x -> x.add(Activation.relu(x)),
            x -> x.addi(Activation.relu(x)),
            x -> x.reshape(x.size(0), 2, 2, -1),
            x -> x.transpose(0, 2, 3, 1),
            x -> x.swapAxes(1, 3),
            x -> x.get(":, 1"),
            x -> x.get(":, :, -1"),
            x -> x.flatten(2, 3),
            x -> x.reshape(x.size(0), 4, -1).mean(new int[] {2}),
            x -> x.flatten(2, 3).mean(new int[] {-1}, true).squeeze(2),
            x -> x.flatten(2, 3).max(new int[] {2}, true),
            x -> x.expandDims(1),
            x -> Pool.globalMaxPool2d(x),
            x -> Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true),
            x -> Pool.maxPool2d(x, new Shape(3, 2), new Shape(2, 2), new Shape(0, 0), false),
            x -> Pool.avgPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true, false));
    lambdas.forEach(lambda -> Twin.of(with(lambda)).same(2));
  }

  @Test
  void computesSequences() {
    SequentialBlock block =
        new SequentialBlock()
            .add(LSTM.builder().setStateSize(5).setNumLayers(2).build())
            .addSingleton(x -> x.get(":, -1"))
            .add(Linear.builder().setUnits(3).build());
    Network network = Network.of(block, 4, 6);
    Graph graph = Graph.of(network);
    assertThat(graph.nodes())
        .extracting(Node::toString)
        .containsExactly(
            "input = Input() -> 4×6",
            "lstm1 = LSTM(6→5, 2 layers)(input) -> 4×5",
            "select1 = Select(axis 1, index -1)(lstm1) -> 5",
            "fc1 = Linear(5→3)(select1) -> 3");
    // Four steps of four gates: 6 inputs and 5 states, then 5 and 5.
    assertThat(graph.node("lstm1").macs()).isEqualTo(4 * 20 * (6 + 5 + 5 + 5));
    Twin.of(network).same(2);
  }

  @Test
  void dropsOutTheSameElements() {
    SequentialBlock block = new SequentialBlock().add(convolution(4, 1)).add(new Dropout(0.5));
    Network network = Network.of(classified(block), 2, 6, 6);
    assertThat(Graph.of(network).node("dropout1").operator())
        .isEqualTo(new kerf.trace.Dropout(0.5));
    Twin.of(network).same(2);
  }

  @Test
  void aLayerUsedTwiceIsOneLayer() {
    Conv2d shared = convolution(2, 1);
    Network network =
        Network.of(
            classified(new SequentialBlock().add(shared).add(Activation::relu).add(shared)),
            2,
            6,
            6);
    Graph graph = Graph.of(network);
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("input", "conv1", "relu1", "conv1_2", "flatten1", "fc1");
    assertThat(network.layers()).containsExactly("conv1", "fc1");
    assertThat(graph.positions())
        .containsEntry("conv1.weight", 72L)
        .containsEntry("fc1.weight", 1L);
    Twin.of(network).same(2);
  }

  @Test
  void theGraphOfAGraphIsItself() {
    Twin twin = Twin.of(Network.of(branched(), 2, 6, 6));
    Structure structure = twin.graphed().architecture().structure();
    assertThat(Graph.of(twin.graphed())).isEqualTo(Graph.of(twin.original()));
    assertThat(Tracer.trace(structure)).isEqualTo(Graph.of(twin.original()));
    assertThat(structure.parameters())
        .isEqualTo(twin.original().architecture().structure().parameters());
  }

  @Test
  void multiplicationsByHand() {
    Graph graph = Graph.of(Network.of(branched(), 2, 6, 6));
    assertThat(graph.node("conv1").macs()).isEqualTo(6 * 6 * 4 * 2 * 9);
    assertThat(graph.node("conv3").macs()).isEqualTo(6 * 6 * 4 * 9);
    assertThat(graph.node("conv3").positions()).isEqualTo(36);
    assertThat(graph.node("bn1").macs()).isZero();
    assertThat(graph.node("fc1").macs()).isEqualTo(24);
  }

  @Test
  void unknownNames() {
    Graph graph = Graph.of(new Lenet300100());
    assertThatThrownBy(() -> graph.node("conv1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no node 'conv1' in the graph; it has input, flatten1, fc1, relu1, fc2, relu2, fc3");
    assertThatThrownBy(() -> graph.parameter("fc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no parameter 'fc1' in the graph; it has fc1.weight, fc1.bias, fc2.weight, fc2.bias,"
                + " fc3.weight, fc3.bias");
  }
}
