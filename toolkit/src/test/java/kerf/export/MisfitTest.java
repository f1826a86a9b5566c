package kerf.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import kerf.criterion.Snip;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.measure.Card;
import kerf.measure.NoiseScore;
import kerf.measure.Sensitivity;
import kerf.model.Convnet;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.qat.Qat;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.repair.Repairs;
import kerf.slimming.Slimming;
import kerf.training.Evaluator;
import kerf.training.Recalibration;
import kerf.training.Step;
import kerf.training.Training;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever computes on samples, on samples of another shape and with a network that diverged. */
class MisfitTest {
  @TempDir static Path folder;

  private static final Dataset DIGITS = Datasets.digits();
  private static final Samples OTHERS = Datasets.mnist().test().first(50);
  private static final Samples OWN = DIGITS.test().first(50);
  private static final Network NETWORK = new Convnet(2, 3).input(1, 8, 8).initialize(0);
  private static final Quantized QUANTIZED = Quantization.plan().calibrateOn(OWN).quantize(NETWORK);
  private static final Training PLAN = Training.defaults().until(Step.iterations(1));

  static Stream<Arguments> onOthers() {
    return on(NETWORK, QUANTIZED, OTHERS, Datasets.mnist().sample(70, 5, 5, 0));
  }

  static Stream<Arguments> diverged() {
    return on(diverged(NETWORK), null, OWN, DIGITS)
        .filter(call -> !((String) call.get()[0]).endsWith("quantized"));
  }

  private static Network diverged(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    values.get("conv2.weight")[3] = Float.NaN;
    return network.revalued(values);
  }

  private static Stream<Arguments> on(
      Network network, Quantized quantized, Samples samples, Dataset data) {
    return Stream.of(
        call("accuracy", () -> Evaluator.measure(network, samples)),
        call("train", () -> PLAN.train(network, data)),
        call("qat", () -> Qat.plan().training(PLAN).train(network, data)),
        call("recalibrated", () -> Recalibration.recalibrated(network, samples)),
        call("card", () -> Card.of(samples).network("own", network).measure()),
        call("noise", () -> NoiseScore.measure(network, samples)),
        call("sensitivity", () -> Sensitivity.of(network).data(samples).scan()),
        call("snip", () -> Pruning.plan().criterion(new Snip()).data(samples).prune(network)),
        call("obs", () -> OptimalBrainSurgeon.plan().data(samples).count(1).prune(network)),
        call("calibrate", () -> Quantization.plan().calibrateOn(samples).quantize(network)),
        call("repair", () -> repaired(network, samples)),
        call("verify", () -> export(network, samples)),
        call("agreement quantized", () -> quantized.agreement(samples)),
        call("arithmetics quantized", () -> Arithmetics.of(quantized, samples)),
        call("accuracy quantized", () -> Evaluator.measure(quantized, samples)),
        call("verify quantized", () -> export(quantized, samples)));
  }

  private static void repaired(Network network, Samples samples) {
    Repairs.plan().biasCorrected().quantize(network, Quantization.plan().calibrateOn(samples));
  }

  private static void export(Network network, Samples samples) {
    Export.of(network).verifyOn(samples).rounds(0).onnx(folder.resolve("net.onnx"));
  }

  private static Arguments call(String name, ThrowingCallable call) {
    return Arguments.of(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onOthers")
  void samplesOfAnotherShapeAreRefused(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("28");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("diverged")
  void aNetworkThatDivergedIsRefused(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("holds NaN at index 3 of conv2.weight, a number that is not finite");
  }

  static Stream<Arguments> withoutSamples() {
    Network network = diverged(NETWORK);
    return Stream.of(
        call("export", () -> Export.of(network).onnx(folder.resolve("net.onnx"))),
        call("weights", () -> Quantization.plan().weightOnly().quantize(network)),
        call("dynamic", () -> Quantization.plan().dynamic().quantize(network)),
        call("slim", () -> Slimming.plan().slim(Pruning.plan().prune(network))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutSamples")
  void soItIsWhereNothingIsComputed(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(DivergedException.class, IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
