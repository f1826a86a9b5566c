package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.data.Datasets;
import kerf.model.Initialization;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.training.Checkpoint;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class RewritingTest {
  private static final Initialization GLOROT = new Initialization.GlorotNormal();

  /** Two channels, filtered without a bias, normalized twice. */
  private static Graph normalized() {
    SequentialBlock block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setFilters(2)
                    .setKernelShape(new Shape(1, 1))
                    .optBias(false)
                    .build())
            .add(BatchNorm.builder().build())
            .add(BatchNorm.builder().build())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(2).build());
    return Graph.of(Network.of(block, 2, 2, 2));
  }

  @Test
  void fewerChannelsFlowThroughTheGraph() {
    Graph slim =
        Graph.of(new Lenet5())
            .resized(
                Map.of(
                    "conv1.weight", new long[] {10, 1, 5, 5},
                    "conv1.bias", new long[] {10},
                    "conv2.weight", new long[] {25, 10, 5, 5},
                    "conv2.bias", new long[] {25},
                    "fc1.weight", new long[] {500, 400}));
    assertThat(slim.node("conv2").operator()).hasToString("Conv2d(10→25, 5×5)");
    assertThat(slim.node("flatten1").shape()).isEqualTo(new Shape(400));
    assertThat(slim.node("fc1").operator()).hasToString("Linear(400→500)");
    assertThat(slim.macs()).isEqualTo(144_000 + 400_000 + 200_000 + 5_000);
    Network network = slim.architecture("half", GLOROT).initialize(1);
    assertThat(network.shape("conv2")).containsExactly(25, 10, 5, 5);
    Twin.of(network).same(2);
  }

  @Test
  void shapesThatDoNotFitNameTheNode() {
    Graph graph = Graph.of(new Lenet5());
    assertThatThrownBy(() -> graph.resized(Map.of("conv2.weight", new long[] {25, 20, 5, 5})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("node fc1: Linear(800→500) needs an input whose last axis is 800, found 400");
    assertThatThrownBy(() -> graph.resized(Map.of("conv3.weight", new long[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no parameter 'conv3.weight' in the graph; it has conv1.weight,");
  }

  @Test
  void aLayerThatIsGoneLeavesTheOthersTheirNames() {
    Graph graph = normalized().without("bn1");
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("input", "conv1", "bn2", "flatten1", "fc1");
    assertThat(graph.node("bn2").inputs()).containsExactly("conv1");
    Network network = graph.architecture("folded", GLOROT).initialize(1);
    assertThat(network.architecture().structure().parameters())
        .extracting(ParameterSpec::layer)
        .containsSubsequence("conv1", "bn2", "fc1")
        .doesNotContain("bn1");
    assertThat(Graph.of(network)).isEqualTo(graph);
  }

  @Test
  void theOutputCanGo() {
    Graph graph = normalized().without("fc1");
    assertThat(graph.output()).isEqualTo("flatten1");
    assertThatThrownBy(() -> graph.without("input"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a graph needs its input, found a wish to remove it");
  }

  @Test
  void aReplacedOperatorBringsItsBias() {
    Graph graph = normalized();
    Convolution old = (Convolution) graph.node("conv1").operator();
    Convolution biased =
        new Convolution(
            old.weight(),
            Optional.of("conv1.bias"),
            old.inputs(),
            old.outputs(),
            old.kernel(),
            old.stride(),
            old.padding(),
            old.dilation(),
            old.groups());
    ParameterSpec bias =
        new ParameterSpec("conv1.bias", "conv1", ParameterSpec.Role.BIAS, new long[] {2});
    Graph rewritten = graph.replaced("conv1", biased, bias);
    assertThat(rewritten.parameters().subList(0, 3))
        .extracting(ParameterSpec::name)
        .containsExactly("conv1.weight", "conv1.bias", "bn1.gamma");
    assertThat(rewritten.replaced("conv1", old)).isEqualTo(graph);
  }

  /** Doubles what it reads. */
  private record Double() implements OwnOperator {
    @Override
    public String word() {
      return "double";
    }

    @Override
    public NDArray run(List<NDArray> inputs, Binding binding) {
      return inputs.get(0).add(inputs.get(0));
    }
  }

  @Test
  void anOperatorOfOnesOwn() {
    Graph graph = normalized();
    Graph doubled = graph.inserted("fc1", "double1", new Double());
    assertThat(doubled.output()).isEqualTo("double1");
    Network once = graph.architecture("once", GLOROT).initialize(1);
    Network twice = doubled.architecture("twice", GLOROT).initialize(1);
    float[] expected = Twin.infer(once, 2);
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 2;
    }
    assertThat(Twin.infer(twice, 2)).containsExactly(expected);
  }

  @Test
  void aTapReplacesWhatPasses() {
    Graph graph = normalized();
    Tap tap = (node, output, training) -> node.name().equals("fc1") ? output.add(output) : output;
    GraphArchitecture tapped = new GraphArchitecture("tapped", GLOROT, new GraphBlock(graph, tap));
    assertThat(Twin.infer(tapped.initialize(1), 2))
        .containsExactly(
            Twin.infer(
                graph
                    .inserted("fc1", "double1", new Double())
                    .architecture("twice", GLOROT)
                    .initialize(1),
                2));
  }

  @Test
  void describesItselfByTheWholeGraph() {
    Graph graph = normalized();
    GraphArchitecture architecture = graph.architecture("small", GLOROT);
    assertThat(architecture.describe()).matches("small#[0-9a-f]{8}\\(glorotNormal\\)");
    assertThat(graph.architecture("small", GLOROT)).isEqualTo(architecture);
    assertThat(normalized().architecture("small", GLOROT).describe())
        .isEqualTo(architecture.describe());
    kerf.trace.BatchNorm norm = (kerf.trace.BatchNorm) graph.node("bn1").operator();
    kerf.trace.BatchNorm other =
        new kerf.trace.BatchNorm(
            norm.scale(),
            norm.shift(),
            norm.runningMean(),
            norm.runningVariance(),
            norm.channels(),
            norm.epsilon(),
            0.5f);
    assertThat(graph.replaced("bn1", other).architecture("small", GLOROT).describe())
        .isNotEqualTo(architecture.describe());
  }

  @Test
  void trainsAsTheBlockItComesFrom() {
    Network block = Network.of(Twin.small(), 1, 8, 8);
    Twin twin = Twin.of(block);
    Training plan = Training.defaults().until(Step.iterations(20)).seed(2);
    Trained expected = plan.resume(Checkpoint.start(block), Datasets.digits());
    Trained found = plan.resume(Checkpoint.start(twin.graphed()), Datasets.digits());
    assertThat(found.history()).isEqualTo(expected.history());
    assertThat(found.values("bn1.runningVar")).containsExactly(expected.values("bn1.runningVar"));
    assertThat(found.weights("conv1")).containsExactly(expected.weights("conv1"));
  }
}
