package kerf.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class GraphTest {
  @Test
  void lenet5ShowsItself() {
    Graph graph = Graph.of(new Lenet5());
    assertThat(graph.bundle().text()).isEqualTo("");
  }

  @Test
  void lenets() {
    Twin.of(new Lenet300100().initialize(1)).same(4);
    Twin.of(new Lenet5().initialize(1)).same(4);
  }

  @Test
  void resnet18() {
    Block block =
        ResNetV1.builder()
            .setNumLayers(18)
            .setOutSize(10)
            .setImageShape(new Shape(3, 32, 32))
            .build();
    Twin.of(Network.of(block, 3, 32, 32)).same(2);
  }

  @Test
  void mobilenet() {
    Twin.of(Network.of(MobileNetV1.builder().setOutSize(10).build(), 3, 32, 32)).same(2);
  }

  @Test
  void mobilenet2() {
    Twin.of(Network.of(MobileNetV2.builder().setOutSize(10).build(), 3, 32, 32)).same(2);
  }

  @Test
  void squeezenet() {
    Twin.of(Network.of(SqueezeNet.squeezenet(10), 3, 32, 32)).same(2);
  }
}
