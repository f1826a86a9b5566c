package kerf.slimming;

import static kerf.model.SmallNets.lived;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import kerf.granularity.Granularity;
import kerf.model.CifarResnet;
import kerf.model.CifarVgg16;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.LotteryConv;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/** Whole architectures, ours and DJL's own, at half their channels. */
class ArchitecturesTest {
  private static Slimmed halved(Network fresh) {
    Network masked =
        Pruning.plan().granularity(Granularity.channels()).amount(0.5).prune(lived(fresh));
    Slimmed slim = Slimming.plan().slim(masked);
    SlimmingTest.assertSame(masked, slim);
    assertThat(slim.report().left()).isEmpty();
    return slim;
  }

  private static Slimmed halved(Block block) {
    return halved(Network.of(block, 3, 32, 32));
  }

  private static double macsLeft(Slimmed slim) {
    return (double) slim.report().slimMacs() / slim.report().macs();
  }

  @Test
  void lenet300100() {
    Slimmed slim = halved(new Lenet300100().initialize(1));
    assertThat(slim.shape("fc2")).containsExactly(50, 150);
    assertThat(slim.report().slimParameters()).isEqualTo(150 * 784 + 150 + 50 * 150 + 50 + 510);
  }

  @Test
  void convolutionalNetsOfTheLotteryPaper() {
    assertThat(halved(new LotteryConv(2).input(1, 8, 8).initialize(1)).shape("conv2"))
        .containsExactly(32, 32, 3, 3);
    assertThat(halved(new LotteryConv(4).input(1, 8, 8).initialize(1)).shape("conv4"))
        .containsExactly(64, 64, 3, 3);
    assertThat(halved(new LotteryConv(6).input(1, 8, 8).initialize(1)).shape("fc1"))
        .containsExactly(128, 128);
  }

  @Test
  void vgg16cifarBecomesTheNarrowOne() {
    CifarVgg16 small = new CifarVgg16().input(3, 16, 16);
    CifarVgg16 whole = small.widths(16, 16, 32, 32, 64, 64, 64, 128, 128, 128, 128, 128, 128);
    CifarVgg16 half = small.widths(8, 8, 16, 16, 32, 32, 32, 64, 64, 64, 64, 64, 64);
    Slimmed slim = halved(whole.initialize(1));
    Network narrow = half.initialize(1);
    for (int i = 1; i <= 13; i++) {
      assertThat(slim.shape("conv" + i)).isEqualTo(narrow.shape("conv" + i));
    }
    assertThat(slim.shape("fc1")).containsExactly(256, 64);
  }

  @Test
  void resnet20BecomesTheNarrowOne() {
    Slimmed slim = halved(new CifarResnet(20).input(3, 8, 8).initialize(1));
    Network half = new CifarResnet(20).widths(8, 16, 32).input(3, 8, 8).initialize(1);
    for (String layer : half.layers()) {
      assertThat(slim.shape(layer)).isEqualTo(half.shape(layer));
    }
    assertThat(macsLeft(slim)).isBetween(0.24, 0.27);
  }

  @Test
  void normalizedConvnet() {
    assertThat(halved(new Convnet(8, 16).input(1, 8, 8).initialize(1)).shape("fc1"))
        .containsExactly(10, 32);
  }

  @Test
  void resnet18OfDjl() {
    Slimmed slim =
        halved(
            ResNetV1.builder()
                .setNumLayers(18)
                .setOutSize(10)
                .setImageShape(new Shape(3, 32, 32))
                .build());
    assertThat(macsLeft(slim)).isBetween(0.24, 0.28);
  }

  @Test
  void mobilenetsOfDjl() {
    assertThat(macsLeft(halved(MobileNetV1.builder().setOutSize(10).build()))).isBetween(0.25, 0.3);
    assertThat(macsLeft(halved(MobileNetV2.builder().setOutSize(10).build()))).isBetween(0.2, 0.4);
  }

  @Test
  void squeezenetOfDjl() {
    assertThat(macsLeft(halved(SqueezeNet.squeezenet(10)))).isBetween(0.24, 0.32);
  }

  @Test
  void vgg11OfDjl() {
    int[][] narrow = {{1, 8}, {1, 16}, {2, 16}, {2, 32}, {2, 32}};
    Block block = VGG.builder().setNumLayers(11).setConvArch(narrow).setOutSize(10).build();
    assertThat(halved(block).shape("conv8")).containsExactly(16, 16, 3, 3);
  }

  @Test
  void filtersPrunedLayerByLayerGoWhereNothingIsAddedToThem() {
    Network resnet = lived(new CifarResnet(20).input(3, 8, 8).initialize(1));
    Network masked =
        Pruning.plan().granularity(Granularity.filters()).amount(0.5).keep("fc1").prune(resnet);
    Slimmed slim = Slimming.plan().slim(masked);
    SlimmingTest.assertSame(masked, slim);
    assertThat(slim.shape("conv2")[0]).isEqualTo(8);
    assertThat(slim.shape("conv3")[0]).isGreaterThan(8);
    assertThat(slim.report().left())
        .anySatisfy(
            sentence ->
                assertThat(sentence)
                    .startsWith("conv3 keeps ")
                    .contains("granularity(channels()) prunes them alike"));
  }
}
