package kerf.slimming;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.types.Shape;
import java.util.stream.Stream;
import kerf.granularity.Granularity;
import kerf.model.Architecture;
import kerf.model.CifarResnet;
import kerf.model.CifarVgg16;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.LotteryConv;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks; every slimming proves for itself that the outputs are the same. */
class SlimNetworksTest {
  private static final Pruning HALVE =
      Pruning.plan().granularity(Granularity.filters()).sparsity(0.5);

  private static final int[][] NARROW = {{1, 8}, {1, 16}, {2, 16}, {2, 32}, {2, 32}};

  @Test
  void halfALenet5IsReallySmaller() {
    Network masked =
        HALVE
            .granularity(Granularity.slices(0))
            .keep("fc2")
            .prune(Lived.of(new Lenet5().initialize(1)));
    Slimmed slim = Slimming.plan().slim(masked);
    assertThat(slim.report().toString())
        .contains("conv1: Conv2d(1→20, 5×5) => (1→10, 5×5)")
        .contains("conv2: Conv2d(20→50, 5×5) => (10→25, 5×5)")
        .contains("fc1: Linear(800→500) => (400→250)")
        .contains("fc2: Linear(500→10) => (250→10)");
    assertThat(slim.shape("conv2")).containsExactly(25, 10, 5, 5);
    assertThat(slim.report().slimMacs())
        .isEqualTo(576L * 10 * 25 + 64L * 25 * 250 + 400 * 250 + 2500);
  }

  @Test
  void slimmingTwiceChangesNothing() {
    Network masked = HALVE.keep("fc1", "fc2").prune(Lived.of(new Lenet5().initialize(2)));
    Slimmed once = Slimming.plan().slim(masked);
    Slimmed twice = Slimming.plan().slim(once);
    assertThat(twice.report().slimParameters()).isEqualTo(once.report().slimParameters());
    assertThat(twice.report().difference()).isZero();
  }

  static Stream<Architecture> architectures() {
    return Stream.of(
        new Lenet300100(), new Lenet5(), new LotteryConv(2), new CifarVgg16(), new CifarResnet(20));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void ourArchitecturesAreSlimmed(Architecture architecture) {
    Network dense = Lived.of(architecture.initialize(3));
    String last = dense.layers().get(dense.layers().size() - 1);
    Network masked = HALVE.granularity(Granularity.slices(0)).keep(last).prune(dense);
    SlimmingReport report = Slimming.plan().slim(masked).report();
    assertThat(report.slimParameters()).isLessThan(report.parameters());
    assertThat(report.difference()).isLessThanOrEqualTo(1e-5);
  }

  static Stream<Network> strangers() {
    return Stream.of(
        Network.of(
            ResNetV1.builder()
                .setImageShape(new Shape(3, 32, 32))
                .setNumLayers(18)
                .setOutSize(10)
                .build(),
            3,
            32,
            32),
        Network.of(MobileNetV1.builder().setOutSize(10).build(), 3, 32, 32),
        Network.of(VGG.builder().setNumLayers(11).setConvArch(NARROW).build(), 3, 32, 32));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void modelZooNetworksAreSlimmed(Network stranger) {
    Network dense = Lived.of(stranger);
    String last = dense.layers().get(dense.layers().size() - 1);
    Network masked = HALVE.granularity(Granularity.slices(0)).keep(last).prune(dense);
    SlimmingReport report = Slimming.plan().slim(masked).report();
    assertThat(report.slimParameters()).isLessThan(report.parameters());
  }
}
