package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Initialization;
import kerf.model.Network;
import kerf.tensor.Scope;
import org.junit.jupiter.api.Test;

class ActivationsTest {
  private static final Network NETWORK = Network.of(Twin.small(), 1, 8, 8);
  private static final Samples SAMPLES = Datasets.digits().test();

  @Test
  void comeBatchByBatchInTheOrderOfTheGraph() {
    List<String> seen = new ArrayList<>();
    Activations.of(NETWORK, SAMPLES)
        .at("relu1", "conv1")
        .batch(SAMPLES.size() / 2 + 1)
        .forEach((node, output) -> seen.add(node.name() + " " + output.getShape().get(0)));
    int half = SAMPLES.size() / 2 + 1;
    int rest = SAMPLES.size() - half;
    assertThat(seen)
        .containsExactly("conv1 " + half, "relu1 " + half, "conv1 " + rest, "relu1 " + rest);
  }

  @Test
  void areWhatTheNodesCompute() {
    List<float[]> before = new ArrayList<>();
    List<float[]> after = new ArrayList<>();
    Activations.of(NETWORK, SAMPLES)
        .at("bn1", "relu1")
        .forEach(
            (node, output) ->
                (node.name().equals("bn1") ? before : after).add(Scope.floats(output)));
    assertThat(before.get(0)).hasSize(after.get(0).length);
    for (int i = 0; i < 1000; i++) {
      assertThat(after.get(0)[i]).isEqualTo(Math.max(before.get(0)[i], 0));
    }
  }

  @Test
  void areThoseThatATapLetsPass() {
    Tap zero =
        (node, output, training) -> node.name().equals("conv1") ? output.mul(0).abs() : output;
    Network network =
        new GraphArchitecture(
                "zero", new Initialization.GlorotNormal(), new GraphBlock(Graph.of(NETWORK), zero))
            .initialize(1);
    Activations.of(network, SAMPLES)
        .at("conv1")
        .forEach((node, output) -> assertThat(Scope.floats(output)).containsOnly(0f));
  }

  @Test
  void ofUnknownNodes() {
    Activations activations = Activations.of(NETWORK, SAMPLES);
    assertThatThrownBy(() -> activations.at("conv2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no node 'conv2' in the graph; it has input, conv1, bn1, relu1, flatten1, fc1");
    assertThatThrownBy(() -> activations.batch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch must be 1 or more, found 0");
  }
}
