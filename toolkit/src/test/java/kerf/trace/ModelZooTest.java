package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.basicmodelzoo.cv.classification.GoogLeNet;
import ai.djl.basicmodelzoo.cv.classification.LeNet;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.types.Shape;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

/** Networks of DJL's model zoo as they are, on small images. */
class ModelZooTest {
  @Test
  void resnet18() {
    Network network =
        Network.of(
            ResNetV1.builder()
                .setNumLayers(18)
                .setOutSize(10)
                .setImageShape(new Shape(3, 32, 32))
                .build(),
            3,
            32,
            32);
    Graph graph = Graph.of(network);
    assertThat(graph.nodes()).filteredOn(node -> node.operator() instanceof Add).hasSize(8);
    assertThat(graph.nodes())
        .filteredOn(node -> node.operator() instanceof Convolution)
        .hasSize(29);
    Twin.of(network).same(2);
  }

  @Test
  void mobilenets() {
    Network first = Network.of(MobileNetV1.builder().setOutSize(10).build(), 3, 32, 32);
    assertThat(Graph.of(first).nodes())
        .filteredOn(node -> node.operator() instanceof Convolution c && c.depthwise())
        .hasSize(13);
    Twin.of(first).same(2);
    Twin.of(Network.of(MobileNetV2.builder().setOutSize(10).build(), 3, 32, 32)).same(2);
  }

  @Test
  void smallerOnes() {
    Twin.of(Network.of(new Mlp(784, 10, new int[] {32, 16}), 784)).same(2);
    Twin.of(Network.of(LeNet.builder().build(), 1, 28, 28)).same(2);
    Twin.of(Network.of(GoogLeNet.builder().build(), 1, 32, 32)).same(2);
  }

  @Test
  void squeezenet() {
    // In training it draws from DJL's own generator, so that no two runs are the same.
    Twin.of(Network.of(SqueezeNet.squeezenet(10), 3, 32, 32)).sameInference(2);
  }

  /** On CIFAR's images its convolutions take 3.13e8 multiplications: Li et al. 2017, table 1. */
  @Test
  void vgg16() {
    int[][] layers = {{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}};
    Network network =
        Network.of(VGG.builder().setNumLayers(16).setConvArch(layers).build(), 3, 32, 32);
    assertThat(Graph.of(network).nodes())
        .filteredOn(node -> node.operator() instanceof Convolution)
        .extracting(Node::macs)
        .satisfies(
            macs -> assertThat(macs.stream().mapToLong(n -> n).sum()).isEqualTo(313_196_544));
    Twin.of(network).sameInference(1);
  }
}
