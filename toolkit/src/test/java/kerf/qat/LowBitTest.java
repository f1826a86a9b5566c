package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerf.coding.Encoded;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.export.Export;
import kerf.export.OnnxFile;
import kerf.model.CharLstm;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.SmallNets;
import kerf.pruning.Pruning;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.scheme.BinaryFormat;
import kerf.scheme.DorefaFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.TernaryFormat;
import kerf.storage.Npy;
import kerf.trace.Graph;
import kerf.training.Evaluator;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LowBitTest {
  private static final BinaryFormat BINARY = new BinaryFormat(BinaryFormat.Scaling.CHANNEL, false);
  private static final BinaryFormat CONNECT = new BinaryFormat(BinaryFormat.Scaling.NONE, false);
  private static final Network NET =
      SmallNets.lived(new Convnet(4, 6).input(1, 8, 8).initialize(1));

  static Stream<LowBitFormat> formats() {
    return Stream.of(
        BINARY,
        CONNECT,
        CONNECT.stochastic(),
        TernaryFormat.plain(),
        TernaryFormat.plain().learned(),
        new DorefaFormat(1),
        new DorefaFormat(2));
  }

  private static Network stepped(Network prepared, int steps) {
    var inputs =
        IntStream.range(0, steps)
            .mapToObj(
                i -> Npy.of(new long[] {8, 1, 8, 8}, RandomStream.of(i, "x").gaussians(8 * 64, 1)))
            .toList();
    var targets =
        IntStream.range(0, steps)
            .mapToObj(i -> Npy.of(new long[] {8, 10}, RandomStream.of(i, "y").gaussians(80, 1)))
            .toList();
    return SquaredErrorSteps.steps(prepared, new Sgd(0.05), inputs, targets).get(steps - 1).after();
  }

  private static float[] outputs(Network network) {
    return Outputs.ofNoise(network, 4, RandomStream.of(3, "input"), 1);
  }

  private static Set<Float> distinct(float... weights) {
    Set<Float> values = new TreeSet<>();
    for (float weight : weights) {
      values.add(weight + 0f);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsConvertedHasFewValuesAChannelAndComputesTheSame(LowBitFormat format) {
    Qat plan = Qat.plan().weights(format).ends();
    Network trained = stepped(plan.prepare(NET), 5);
    QuantizedGraph converted = Qat.convert(trained);

    for (String layer : NET.layers()) {
      float[] weights = converted.rounded().weights(layer);
      int channels = (int) NET.shape(layer)[0];
      int each = weights.length / channels;
      for (int i = 0; i < channels; i++) {
        float[] own = Arrays.copyOfRange(weights, i * each, (i + 1) * each);
        assertThat(distinct(own).size())
            .isLessThanOrEqualTo(format.hasZero() ? 3 : 1 << format.bits());
      }
    }
    float[] expected = outputs(trained);
    float[] found = outputs(converted.simulated());
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void latentWeightsAreTrained(LowBitFormat format) {
    Network prepared = Qat.plan().weights(format).ends().prepare(NET);
    Network trained = stepped(prepared, 1);

    assertThat(trained.weights("conv2")).isNotEqualTo(prepared.weights("conv2"));
    assertThat(distinct(trained.weights("conv2")).size()).isGreaterThan(20);
  }

  @Test
  void theFirstAndTheLastLayerStayFloatUnlessEndsAreSaid() {
    Network net = new Lenet300100().initialize(1);

    QuantizedGraph inner = Qat.convert(Qat.plan().weights(BINARY).prepare(net));
    QuantizedGraph all = Qat.convert(Qat.plan().weights(BINARY).ends().prepare(net));

    assertThat(inner.forms()).containsOnlyKeys("fc2.weight");
    assertThat(all.forms()).containsOnlyKeys("fc1.weight", "fc2.weight", "fc3.weight");
    // 30,000 bits, a scale for each of 100 units, and the rest in floats.
    long floats = 4L * (784 * 300 + 300 + 100 + 100 * 10 + 10);
    assertThat(inner.bytes()).isEqualTo(floats + 30_000 / 8 + 4 * 100);
  }

  @Test
  void levelsOfTrainedTernaryWeightsAreTrainedEachForItself() {
    Network prepared = Qat.plan().weights(TernaryFormat.plain().learned()).ends().prepare(NET);
    Network trained = stepped(prepared, 3);

    float[] before = prepared.values("conv2.weight.levels");
    float[] after = trained.values("conv2.weight.levels");
    assertThat(after[0]).isNotEqualTo(before[0]);
    assertThat(after[1]).isNotEqualTo(before[1]);
    assertThat(after[0]).isNotEqualTo(after[1]);
  }

  @Test
  void prunedWeightsStayZeroInTernaryOnesAndAreRefusedByBinaryOnes() {
    Network pruned = Pruning.plan().sparsity(0.8).prune(NET);
    Network trained = stepped(Qat.plan().weights(TernaryFormat.plain()).ends().prepare(pruned), 3);
    float[] weights = Qat.convert(trained).rounded().weights("conv2");
    float[] before = pruned.weights("conv2");

    for (int i = 0; i < weights.length; i++) {
      assertThat(before[i] != 0 || weights[i] == 0).isTrue();
    }
    assertThatThrownBy(() -> Qat.plan().weights(BINARY).ends().prepare(pruned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "binary\\(\\) has no 0 for pruned weights, found [0-9]+ of them in [a-z0-9]+; use ternary\\(\\)");
  }

  @Test
  void binaryInputsPutBatchNormalizationAndSignInFrontOfLayersAndPoolingBehind() {
    Network net = new Convnet(4, 6, 8).input(1, 16, 16).initialize(1);
    Network prepared = Qat.plan().weights(BINARY).binaryInputs().prepare(net);

    List<String> words = Graph.of(prepared).nodes().stream().map(n -> n.operator().word()).toList();
    assertThat(String.join(" ", words)).contains("bn sign conv").doesNotContain("sign maxpool");
  }

  @Test
  void recurrentLayersAreNotGivenSigns() {
    Qat plan = Qat.plan().weights(BINARY).ends().binaryInputs();

    assertThatThrownBy(() -> plan.prepare(new CharLstm(8).initialize(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "signs are read by convolutions and linear layers on vectors, found LSTM")
        .hasMessageContaining("keep it float with .keepFloat(");
  }

  @Test
  void aFileHoldsABitOrTwoAWeight() {
    Network net = Mlp.of(64, 256, 256, 10).initialize(1);
    long floats = 4L * (64 * 256 + 256 + 256 + 256 * 10 + 10);
    long weights = 256 * 256;
    for (LowBitFormat format : List.of(BINARY, TernaryFormat.plain())) {
      QuantizedGraph form = Qat.convert(Qat.plan().weights(format).prepare(net));
      int bytes = Encoded.of(Quantized.of(net, form)).bytes().length;
      // A level a channel with two bits of its kind, and what describes the network.
      long levels = 256 * 4 + 64;
      assertThat((long) bytes)
          .isLessThan(floats + weights * format.bits() / 8 + levels + 1500)
          .isGreaterThan(floats / 2);
    }
  }

  @Test
  void anOnnxFileOfTernaryWeightsAnswersTheSameAndSignsAreRefused(@TempDir Path folder) {
    Network net = Mlp.of(64, 24, 16, 10).initialize(1);
    Network ternary = Qat.convert(Qat.plan().weights(TernaryFormat.plain()).prepare(net)).rounded();
    Quantized quantized =
        Quantized.of(net, Qat.convert(Qat.plan().weights(TernaryFormat.plain()).prepare(net)));
    Path file = folder.resolve("net.onnx");
    Export.of(quantized).onnx(file);
    float[] inputs = RandomStream.of(3, "input").gaussians(64, 1);

    float[] found = OnnxFile.read(file).outputs(inputs);

    float[] expected = Outputs.of(ternary, inputs, 1, 64);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
    }
    Quantized signs =
        Quantized.of(
            new BinaryInputs(Qat.plan().weights(BINARY).quantization(), net).rewritten(),
            Qat.convert(Qat.plan().weights(BINARY).binaryInputs().prepare(net)));
    assertThatThrownBy(() -> Export.of(signs).onnx(folder.resolve("signs.onnx")))
        .hasMessageContaining("Sign has no operator in ONNX with its sign of 0");
  }

  @Test
  void aNetworkOfSignsIsConvertedToOneThatComputesTheSame() {
    Network net = Mlp.of(64, 32, 32, 10).initialize(1);
    Network trained = Qat.plan().weights(BINARY).binaryInputs().prepare(net);
    QuantizedGraph converted = Qat.convert(trained);

    float[] expected = Outputs.ofNoise(trained, 4, RandomStream.of(3, "input"), 1);
    float[] found = Outputs.ofNoise(converted.simulated(), 4, RandomStream.of(3, "input"), 1);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTrainedNetworkComesBackFromBothKindsOfFiles(LowBitFormat format, @TempDir Path folder) {
    Dataset digits = Datasets.digits();
    Training training =
        Training.defaults().optimizer(new Sgd(0.05)).batch(32).until(Step.iterations(20));
    Network start = Mlp.of(64, 24, 16, 10).initialize(1);
    QatTrained trained = Qat.plan().weights(format).training(training).train(start, digits);
    Quantized quantized = trained.quantized();

    Path file = folder.resolve("net.safetensors");
    quantized.save(file);
    Quantized loaded = Quantized.load(start.architecture(), file);
    assertThat(loaded.form().forms()).isEqualTo(quantized.form().forms());
    assertThat(loaded.weights("fc2")).isEqualTo(quantized.weights("fc2"));

    Path packed = folder.resolve("net.kerf");
    Encoded.of(trained).save(packed);
    Network decoded = Encoded.read(packed).network();
    assertThat(decoded.weights("fc2")).isEqualTo(quantized.weights("fc2"));
    assertThat(Evaluator.measure(decoded, digits.test(), training.loss()))
        .isEqualTo(Evaluator.measure(quantized, digits.test(), training.loss()));
  }

  @Test
  void aBinaryNetworkLearnsDigitsAndItsFloatTwinStaysAsItWas() {
    Dataset digits = Datasets.digits();
    Training training =
        Training.defaults().optimizer(new Sgd(0.05).momentum(0.9)).batch(32).until(Step.epochs(5));
    Network start = training.train(Mlp.of(64, 64, 64, 10).initialize(1), digits);

    QatTrained weights = Qat.plan().weights(BINARY).training(training).train(start, digits);
    QatTrained both =
        Qat.plan().weights(BINARY).binaryInputs().training(training).train(start, digits);

    assertThat(Evaluator.measure(weights, digits.test(), training.loss()).accuracy())
        .isGreaterThan(0.85);
    assertThat(Evaluator.measure(both, digits.test(), training.loss()).accuracy())
        .isGreaterThan(0.8);
  }
}
