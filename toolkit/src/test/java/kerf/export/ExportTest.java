package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.model.Attention;
import kerf.model.CifarResnet;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.qat.Qat;
import kerf.qat.QatTrained;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.scheme.IntegerFormat;
import kerf.trace.Graph;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
  @TempDir Path folder;

  private static Samples images() {
    return Datasets.mnist().test().first(64);
  }

  private static Quantized int8(Network network) {
    return Quantization.plan()
        .int8()
        .calibrateOn(Datasets.mnist().train().first(32))
        .quantize(network);
  }

  static List<Architecture> architectures() {
    return List.of(
        new Lenet300100(),
        new Lenet5(),
        new Convnet(32, 64).input(1, 28, 28),
        new CifarResnet(20).input(1, 28, 28));
  }

  /** What a file of integers has to keep: its size, its layers and its answers. */
  @ParameterizedTest
  @MethodSource("architectures")
  void integers(Architecture architecture) {
    Quantized small = int8(architecture.initialize(1));
    Exported report =
        Export.of(small).verifyOn(images()).rounds(0).onnx(folder.resolve("int8.onnx"));
    assertThat(report.run().runs()).isEqualTo("ONNX Runtime, int8, static");
    assertThat(report.run().size()).isLessThanOrEqualTo(0.28);
    assertThat(report.run().agreement()).isGreaterThanOrEqualTo(0.95);
    assertThat(report.layers()).hasSizeGreaterThanOrEqualTo(3);
    for (LayerAgreement layer : report.layers()) {
      if (layer.quanta() == null) {
        assertThat(layer.relative()).as(layer.toString()).isLessThan(1e-5);
      } else {
        assertThat(layer.quanta()).as(layer.toString()).isLessThanOrEqualTo(1);
        assertThat(layer.other()).as(layer.toString()).isLessThan(1e-3);
      }
    }
    // Every quantized layer is fused into a kernel of integers.
    assertThat(Kernels.integers(report.kernels())).isEqualTo(small.form().weights().size());
  }

  static List<Quantization> plans() {
    Quantization plan = Quantization.plan().int8().calibrateOn(Datasets.mnist().train().first(16));
    return List.of(
        plan.ends(),
        plan.perTensor(),
        plan.bits(4),
        plan.bits(2),
        plan.activations(IntegerFormat.unsigned(8).reduceRange()),
        plan.activations(IntegerFormat.signed(8)),
        plan.activations(IntegerFormat.signed(16)),
        plan.weights(IntegerFormat.unsigned(8).perTensor()),
        plan.weights(IntegerFormat.signed(8).affine().perChannel()),
        plan.keepFloat("conv2"),
        plan.keepFloat("fc1"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyPlan(Quantization plan) {
    Quantized small = plan.quantize(new Convnet(5, 6).input(1, 28, 28).initialize(1));
    Exported report =
        Export.of(small).verifyOn(images()).rounds(0).onnx(folder.resolve("plan.onnx"));
    assertThat(report.run().agreement()).isGreaterThanOrEqualTo(0.95);
    for (LayerAgreement layer : report.layers()) {
      if (layer.quanta() == null) {
        assertThat(layer.relative()).as(layer.toString()).isLessThan(1e-5);
      } else {
        assertThat(layer.quanta()).as(layer.toString()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void aNetworkTrainedWithRoundedNumbersGoesOutInIntegers() {
    QatTrained trained =
        Qat.plan()
            .bits(4)
            .training(
                Training.defaults()
                    .batch(32)
                    .until(Step.iterations(8))
                    .evaluateEvery(Step.iterations(8)))
            .train(new Convnet(5, 6).input(1, 8, 8).initialize(1), Datasets.digits());
    Samples digits = Datasets.digits().test();
    Exported report =
        Export.of(trained).verifyOn(digits).rounds(0).onnx(folder.resolve("qat.onnx"));
    assertThat(report.run().runs()).isEqualTo("ONNX Runtime, int4, static");
    assertThat(report.run().agreement()).isGreaterThanOrEqualTo(0.98);
    assertThat(Kernels.integers(report.kernels()))
        .isEqualTo(trained.quantized().form().weights().size());
  }

  @Test
  void floats() {
    Network network = Nets.plain();
    Exported report = Export.of(network).rounds(1).onnx(folder.resolve("plain.onnx"));
    assertThat(report.runs())
        .extracting(RunRow::runs)
        .containsExactly("DJL, float", "ONNX Runtime, float");
    assertThat(report.run().agreement()).isEqualTo(1);
    assertThat(report.run().difference()).isLessThan(2e-6);
    assertThat(report.run().accuracy()).isNull();
    assertThat(report.run().latency1()).isPositive();
    assertThat(report.run().ratio64()).isEqualTo(1);
    assertThat(report.layers())
        .extracting(LayerAgreement::layer)
        .containsExactly("conv1", "conv2", "fc1");
    assertThat(report.comparedOn()).isEqualTo("64 inputs of noise; use verifyOn(samples)");
    assertThat(report.speed()).isEmpty();
  }

  @Test
  void weightsRoundedWithoutAGraphHaveNone() {
    Network network = Attention.classifier();
    String sentence = catchThrowable(() -> Graph.of(network)).getMessage();
    for (Network each : List.of(network, Quantization.plan().weightOnly().quantize(network))) {
      assertThatThrownBy(() -> Export.of(each).onnx(folder.resolve("none.onnx")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(sentence)
          .hasMessageStartingWith("cannot trace operator 'add', called at Attention.");
    }
    assertThat(folder.resolve("none.onnx")).doesNotExist();
  }

  @Test
  void writesTheSameFileTwice() throws Exception {
    Export plan = Export.of(int8(new Lenet300100().initialize(1))).rounds(0);
    plan.onnx(folder.resolve("one.onnx"));
    plan.onnx(folder.resolve("two.onnx"));
    assertThat(folder.resolve("one.onnx")).hasSameBinaryContentAs(folder.resolve("two.onnx"));
    assertThat(Files.list(folder)).hasSize(2);
  }

  @Test
  void theFileClassifiesAsTheReportSays() {
    Quantized small = int8(new Lenet300100().initialize(1));
    Exported report =
        Export.of(small).verifyOn(images()).rounds(0).onnx(folder.resolve("own.onnx"));
    OnnxFile file = OnnxFile.read(folder.resolve("own.onnx"));
    assertThat(file.accuracy(images())).isEqualTo(report.run().accuracy());
    assertThat(file.bytes()).isEqualTo(report.run().bytes());
    assertThat(file.gzipBytes()).isEqualTo(report.run().gzip()).isLessThan(file.bytes());
    assertThatThrownBy(() -> file.accuracy(Datasets.digits().test()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("own.onnx takes inputs of 784 numbers, found images of 64");
  }

  private static Exported report(double ratio1, double ratio64) {
    return report(ratio1, ratio64, false);
  }

  private static Exported report(double ratio1, double ratio64, boolean widened) {
    OnnxFile file =
        OnnxReader.read(Path.of("a.onnx"), Sealed.bytes(Translation.model(Nets.tinyIntegers())));
    RunRow row =
        new RunRow(
            "ONNX Runtime, int8, static",
            500L,
            400L,
            0.25,
            null,
            1.0,
            0.0,
            1.0,
            2.0,
            ratio1,
            ratio64);
    return new Exported(
        file, "3 images", List.of(row), List.of(), Map.of("QGemm", 1L, "Relu", 2L), widened);
  }

  @Test
  void saysWhatBecameOfSpeed() {
    assertThat(report(0.25, 0.5).speed())
        .contains(
            "0.25 of the time of floats in ONNX Runtime at batch 1, 0.50 at batch 64 (measured)");
    assertThat(report(0.5, 1.5).speed())
        .contains(
            "Slower than floats: 0.50 of the time of floats in ONNX Runtime at batch 1, 1.50 at"
                + " batch 64 (measured); .keepFloat(...) leaves layers in floats that gain nothing");
    assertThat(report(1.04, 1.01).speed())
        .contains(
            "1.04 of the time of floats in ONNX Runtime at batch 1, 1.01 at batch 64 (measured)");
    assertThat(report(0.9, 0.8, true).speed())
        .contains(
            "0.90 of the time of floats in ONNX Runtime at batch 1, 0.80 at batch 64 (measured);"
                + " this processor has no VNNI and multiplies weights of 8 bits slowly, those of 7"
                + " bits fast: .weights(int8().restricted().perChannel().reduceRange())");
    assertThat(report(0.5, 0.5).bundle().text())
        .contains("ONNX Runtime runs 1 QGemm, 2 Relu; 1 of them multiply integers.")
        .contains("400 bytes gzipped; compared on 3 images.");
  }

  /** On any processor: two products of uint8 and 7 bits fit into 16 bits. */
  @Test
  void weightsOfSevenBitsStayAsTheyAre() {
    Network network = new Lenet300100().initialize(1);
    Quantized small =
        Quantization.plan()
            .weights(IntegerFormat.signed(8).restricted().perChannel().reduceRange())
            .calibrateOn(images())
            .quantize(network);
    Path file = folder.resolve("seven.onnx");
    assertThat(Export.of(small).rounds(0).onnx(file).widened()).isFalse();
    assertThat(Export.of(network).rounds(0).onnx(file).widened()).isFalse();
  }

  @Test
  void refusesBeforeItWrites() {
    Export plan = Export.of(Nets.plain());
    Path file = folder.resolve("never.onnx");
    assertThatThrownBy(() -> plan.verifyOn(images()).onnx(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the network takes inputs of 4×6×6, found mnist test: 64 images of 28 x 28, 10"
                + " classes");
    assertThatThrownBy(() -> plan.rounds(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds must be 0 (no latency) or more, found -1");
    assertThatThrownBy(() -> plan.verifyOn(images().first(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an export is compared on one image or more, found none in ");
    assertThat(file).doesNotExist();
  }
}
