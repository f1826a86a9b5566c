package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.trace.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static long count(Architecture architecture, Predicate<ParameterSpec> chosen) {
    return architecture.structure().parameters().stream()
        .filter(chosen)
        .mapToLong(ParameterSpec::size)
        .sum();
  }

  private static long weights(Architecture architecture) {
    return count(architecture, ParameterSpec::prunable);
  }

  private static long convolutionWeights(Architecture architecture) {
    return count(architecture, spec -> spec.prunable() && spec.layer().startsWith("conv"));
  }

  private static long parameters(Architecture architecture) {
    return count(architecture, spec -> spec.role().trained());
  }

  @Test
  void lotteryNetsHaveTheWeightsOfThePaper() {
    // Frankle and Carbin, figure 2: 4.3M (38K), 2.4M (260K), 1.7M (1.1M). The last total does not
    // follow from the layers; see LotteryConv.
    assertThat(weights(new LotteryConv(2))).isEqualTo(4_300_992);
    assertThat(convolutionWeights(new LotteryConv(2))).isEqualTo(38_592);
    assertThat(weights(new LotteryConv(4))).isEqualTo(2_425_024);
    assertThat(convolutionWeights(new LotteryConv(4))).isEqualTo(259_776);
    assertThat(weights(new LotteryConv(6))).isEqualTo(2_261_184);
    assertThat(convolutionWeights(new LotteryConv(6))).isEqualTo(1_144_512);
  }

  @Test
  void vggHasTheWeightsOfThePaper() {
    // Li et al. 2017, table 1: 1.5e7 parameters, 5.4e6 in the pruned one
    assertThat(weights(new CifarVgg16())).isEqualTo(14_977_728);
    Architecture pruned =
        new CifarVgg16().widths(32, 64, 128, 128, 256, 256, 256, 256, 256, 256, 256, 256, 256);
    assertThat(weights(pruned)).isEqualTo(5_390_176);
  }

  /**
   * 9·4 of the first convolution; 9·4 depthwise and 4·6 across, halved; 9·6 and 6·6, not halved;
   * 6·10 and 10 of the end; two numbers for each of 4 + 4 + 6 + 6 + 6 channels.
   */
  @Test
  void mobilenetAlternatesDepthwiseAndPointwise() {
    Architecture mobile = new MobileNet(4, 6, 6).input(1, 8, 8);
    assertThat(weights(mobile)).isEqualTo(36 + 36 + 24 + 54 + 36 + 60);
    assertThat(parameters(mobile)).isEqualTo(weights(mobile) + 10 + 2 * 26);
    assertThatThrownBy(() -> new MobileNet(1, 2, 3, 4).input(1, 4, 4))
        .hasMessage(
            "mobilenet halves its images 3 times and needs at least 8 x 8 pixels, found 4 x 4");
  }

  @Test
  void resnetHasTheParametersOfThePaper() {
    // He et al. 2016, table 6: 0.27M and 0.85M
    assertThat(weights(new CifarResnet(20))).isEqualTo(270_896);
    assertThat(parameters(new CifarResnet(20))).isEqualTo(272_474);
    assertThat(parameters(new CifarResnet(56))).isEqualTo(855_770);
    assertThat(new CifarResnet(20).initialize(1).shape("conv10")).containsExactly(32, 16, 1, 1);
    assertThat(new CifarResnet(20).initialize(1).shape("conv17")).containsExactly(64, 32, 1, 1);
  }

  @Test
  void convnetIsWhatItsWidthsSay() {
    Network network = new Convnet(32, 64).input(1, 28, 28).initialize(1);
    assertThat(network.layers()).containsExactly("conv1", "conv2", "fc1");
    assertThat(network.shape("conv2")).containsExactly(64, 32, 3, 3);
    assertThat(network.shape("fc1")).containsExactly(10, 64 * 7 * 7);
    assertThat(network.architecture().structure().parameters())
        .extracting(ParameterSpec::name)
        .contains("bn1.gamma", "bn2.runningVar", "fc1.bias")
        .doesNotContain("conv1.bias");
  }

  @Test
  void theActivationsOfAConvnetAreTracedAsSuch() {
    Convnet relu = new Convnet(4, 6).input(1, 8, 8);
    assertThat(Graph.of(relu).nodes()).extracting(Node::name).contains("relu2");
    assertThat(Graph.of(relu.activation(Activation.RELU6)).nodes())
        .extracting(node -> node.operator().toString())
        .containsOnlyOnce("Flatten")
        .filteredOn("ReLU6"::equals)
        .hasSize(2);
  }

  static Stream<Architecture> all() {
    return Stream.of(
        new LotteryConv(2).input(1, 28, 28),
        new LotteryConv(4).input(1, 28, 28),
        new LotteryConv(6).input(1, 28, 28),
        new CifarVgg16().widths(4, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8),
        new CifarVgg16().widths(4, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8).input(1, 28, 28),
        new CifarResnet(20),
        new CifarResnet(20).input(1, 28, 28).widths(4, 8, 12),
        new Convnet(4, 6, 8),
        new Convnet(4).input(2, 8, 8),
        new Convnet(4).input(2, 8, 8).activation(Activation.RELU6));
  }

  @ParameterizedTest
  @MethodSource("all")
  void computesTenOutputsOfEachImage(Architecture architecture) {
    Network network = architecture.initialize(3);
    long[] shape = architecture.structure().batch(2);
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    try (Scope scope = Scope.open()) {
      NDArray images = scope.tensor(RandomStream.of(5, "images").gaussians(size, 1), shape);
      NDArray outputs =
          new Session(scope, network, RandomStream.of(0, "dropout")).forward(images, false);
      assertThat(outputs.getShape().getShape()).containsExactly(2, 10);
      assertThat(Scope.floats(outputs)).doesNotContain(Float.NaN).doesNotContain(0);
    }
  }

  @Test
  void equalArchitecturesShareAStructure() {
    assertThat(new CifarResnet(20).structure()).isSameAs(new CifarResnet(20).structure());
    assertThat(new CifarResnet(20).widths(4, 8, 12).structure())
        .isNotSameAs(new CifarResnet(20).structure());
  }

  @Test
  void identitiesDiffer() {
    assertThat(new LotteryConv(4).describe()).isEqualTo("conv4(3×32×32, glorotNormal)");
    assertThat(new LotteryConv(6).input(1, 28, 28).describe())
        .isEqualTo("conv6(1×28×28, glorotNormal)");
    assertThat(new CifarVgg16().describe())
        .isEqualTo(
            "vgg16cifar(64-64-128-128-256-256-256-512-512-512-512-512-512, 3×32×32, kaimingNormal)");
    assertThat(new CifarResnet(20).widths(8, 16, 32).describe())
        .isEqualTo("resnet20(8-16-32, 3×32×32, kaimingNormal)");
    assertThat(
            new Convnet(
                List.of(32), Activation.RELU, ImageShape.CIFAR, new Initialization.GlorotNormal()))
        .extracting(Architecture::describe)
        .isEqualTo("convnet(32, 3×32×32, glorotNormal)");
    assertThat(new Convnet(4, 8).input(1, 28, 28).activation(Activation.RELU6).describe())
        .isEqualTo("convnet(4-8, 1×28×28, kaimingNormal, relu6)");
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> new LotteryConv(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the lottery paper has nets of 2, 4 and 6 convolutions, found 3");
    assertThatThrownBy(() -> new CifarResnet(18))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the depth of a CIFAR resnet is 6n + 2, such as 20 or 56, found 18");
    assertThatThrownBy(() -> new CifarResnet(20).widths(16, 0, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resnet20 needs 3 widths, each of at least 1, found [16, 0, 64]");
    CifarVgg16 vgg = new CifarVgg16();
    assertThatThrownBy(() -> vgg.widths(64, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vgg16cifar needs 13 widths, each of at least 1, found [64, 64]");
    assertThatThrownBy(() -> vgg.input(1, 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vgg16cifar halves its images 4 times and needs at least 16 x 16 pixels, found 8 x 8");
    assertThatThrownBy(() -> vgg.input(0, 28, 28))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an input image needs at least 1 channel, row and column, found 0×28×28; grey images"
                + " of 28 x 28 are 1, 28, 28");
    assertThatThrownBy(() -> new Convnet(32, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convnet needs at least one width, each of at least 1, found [32, 0]");
  }
}
