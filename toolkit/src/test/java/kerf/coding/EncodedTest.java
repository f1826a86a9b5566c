package kerf.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Attention;
import kerf.model.CharLstm;
import kerf.model.CifarResnet;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.ParameterSpec;
import kerf.model.SmallNets;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.random.RandomStream;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.TernaryFormat;
import kerf.sharing.Clustering;
import kerf.sharing.Start;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedTest {
  private static final Network SMALL =
      Pruning.plan()
          .sparsity(0.5)
          .prune(SmallNets.lived(new Convnet(4, 6).input(1, 8, 8).initialize(1)));

  @TempDir private Path folder;

  private static void assertSame(Network back, Network network) {
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      assertThat(bits(back.values(spec.name()))).isEqualTo(bits(network.values(spec.name())));
    }
    assertThat(back.mask()).isEqualTo(network.mask());
  }

  private static int[] bits(float... values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static void assertPredictsTheSame(Network back, Network network) {
    assertThat(bits(outputs(back))).isEqualTo(bits(outputs(network)));
  }

  private static float[] outputs(Network network) {
    return Outputs.ofNoise(network, 4, RandomStream.of(3, "input"), 1);
  }

  @Test
  void floatNetworksComeBackToTheLastBit() {
    for (Network network :
        List.of(
            SMALL,
            new Lenet300100().initialize(1),
            Pruning.plan().sparsity(0.9).prune(new Lenet5().initialize(2)),
            SmallNets.lived(new CifarResnet(8).widths(4, 8, 16).initialize(1)))) {
      Network back = Encoded.of(network).network();

      assertSame(back, network);
      assertPredictsTheSame(back, network);
    }
  }

  @Test
  void recurrentNetworksComeBack() {
    Network network = Pruning.plan().sparsity(0.8).prune(new CharLstm(16).initialize(1));

    assertSame(Encoded.of(network).network(), network);
    assertSame(Encoded.of(network).network(network.architecture()), network);
  }

  @Test
  void quantizedNetworksComeBackInEveryModeAndFormat() {
    Quantization weights = Quantization.plan().weightOnly();
    float[] batch = RandomStream.of(2, "file").gaussians(8 * 64, 1);
    for (Quantization plan :
        List.of(
            Quantization.plan(),
            Quantization.plan().bits(3).perTensor().ends(),
            Quantization.plan().dynamic(),
            weights.weights(IntegerFormat.unsigned(8)),
            weights.weights(IntegerFormat.signed(16).symmetric().perChannel()),
            weights.weights(IntegerFormat.signed(32).symmetric()),
            weights.weights(IntegerFormat.signed(4).symmetric().perGroup(7)),
            weights.weights(FloatFormat.FP16),
            weights.weights(FloatFormat.BF16),
            weights.weights(new PaletteFormat(3)),
            weights.weights(TernaryFormat.plain()).ends(),
            weights.weights(TernaryFormat.plain().learned()).ends())) {
      Quantized quantized = plan.prepare(SMALL).calibrate(List.of(batch), 1, 8, 8).convert();

      Quantized back = (Quantized) Encoded.of(quantized).network();

      assertSame(back, quantized);
      assertPredictsTheSame(back, quantized);
      assertThat(back.form().mode()).isEqualTo(quantized.form().mode());
      assertThat(back.form().points()).isEqualTo(quantized.form().points());
      assertThat(back.form().inputs()).isEqualTo(quantized.form().inputs());
      assertThat(back.form().forms().keySet()).isEqualTo(quantized.form().forms().keySet());
      assertThat(back.form().weights()).isEqualTo(quantized.form().weights());
    }
  }

  @Test
  void aMaskThatZerosDoNotTellIsKept() {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : SMALL.architecture().structure().parameters()) {
      values.put(spec.name(), SMALL.values(spec.name()));
    }
    int kept = 0;
    while (SMALL.weights("conv2")[kept] == 0) {
      kept++;
    }
    values.get("conv2.weight")[kept] = 0;
    Network network = SMALL.revalued(values);

    assertSame(Encoded.of(network).network(), network);
  }

  @Test
  void zerosOfEitherSignAndNumbersThatAreNoneComeBack() {
    Map<String, float[]> values = new LinkedHashMap<>();
    Network dense = new Lenet300100().initialize(1);
    for (ParameterSpec spec : dense.architecture().structure().parameters()) {
      values.put(spec.name(), dense.values(spec.name()));
    }
    values.get("fc1.weight")[5] = -0f;
    values.get("fc1.weight")[6] = Float.NaN;
    values.get("fc1.bias")[7] = Float.NEGATIVE_INFINITY;
    Network network = dense.revalued(values);

    assertSame(Encoded.of(network).network(), network);
  }

  @Test
  void whatCannotBeTracedNeedsItsArchitecture() {
    SequentialBlock block = new SequentialBlock();
    block.add(SmallNets.fc(3));
    block.add(new LambdaBlock(EncodedTest::sorted));
    Network network = Network.of(block, 5);
    Encoded encoded = Encoded.of(network);

    assertSame(encoded.network(network.architecture()), network);
    assertThatThrownBy(encoded::network)
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("expected what the network computes, found numbers of ")
        .hasMessageEndingWith("name the architecture: decode(architecture, file)");
    assertThatThrownBy(() -> encoded.network(new Lenet5()))
        .hasMessageContaining("expected the parameters of lenet5");
  }

  @Test
  void quantizedWeightsOfWhatCannotBeTracedComeBackByItsArchitecture() {
    Quantization weights = Quantization.plan().weightOnly();
    Network network = Pruning.plan().sparsity(0.4).prune(Attention.classifier());
    for (Quantization plan :
        List.of(
            weights,
            weights.weights(IntegerFormat.signed(4).symmetric().perGroup(2)),
            weights.weights(FloatFormat.BF16),
            weights.weights(new PaletteFormat(2)))) {
      Quantized quantized = plan.quantize(network);
      Encoded encoded = Encoded.of(quantized);

      Quantized back = (Quantized) encoded.network(network.architecture());
      assertThat(back.form().forms()).isEqualTo(quantized.form().forms());
      assertSame(back, quantized);
      assertPredictsTheSame(back, quantized);
      assertThatThrownBy(encoded::network)
          .hasMessageEndingWith("name the architecture: decode(architecture, file)");
    }
  }

  private static NDList sorted(NDList list) {
    NDArray array = list.singletonOrThrow();
    return new NDList(array.sort(1));
  }

  @Test
  void theFileIsTheBytesAndOtherFilesAreRefused() throws IOException {
    Path file = folder.resolve("net.kerf");
    Encoded encoded = Encoded.of(SMALL);
    encoded.save(file);

    assertThat(Files.size(file)).isEqualTo(encoded.size());
    assertSame(Encoded.read(file).network(), SMALL);
    Path other = folder.resolve("other.kerf");
    Files.writeString(other, "something else");
    assertThatThrownBy(() -> Encoded.read(other))
        .hasMessage(
            "cannot read %s: expected an encoded network, which begins with KERF, found 14 bytes that are none; write one with encode(network).save(\"net.kerf\"); other files are read by lenet5().load(file)"
                .formatted(other));
  }

  @Test
  void aDamagedFileIsRefusedWithThePlaceNamed() throws IOException {
    byte[] bytes = Encoded.of(SMALL).bytes();
    Path file = folder.resolve("net.kerf");
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);

    int parts = 1 + SMALL.architecture().structure().parameters().size();
    assertThatThrownBy(() -> Encoded.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("expected part %d of %d with checksum ".formatted(parts, parts));
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> Encoded.read(file))
        .hasMessageContaining("expected part %d of %d whole, found ".formatted(parts, parts));
  }

  @Test
  void mutatedFilesGiveAnErrorOrTheSameNetwork() {
    float[] batch = RandomStream.of(2, "file").gaussians(8 * 64, 1);
    Quantized network =
        Quantization.plan().prepare(SMALL).calibrate(List.of(batch), 1, 8, 8).convert();
    byte[] whole = Encoded.of(network).bytes();
    RandomStream stream = RandomStream.of(1, "damage");
    int refused = 0;
    int mutants = Integer.getInteger("kerf.mutants", 2_000);
    for (int i = 0; i < mutants; i++) {
      byte[] bytes = mutated(whole, stream);
      try {
        Network back = new Decoder(Path.of("net.kerf"), bytes).network();
        assertSame(back, network);
      } catch (UnreadableFileException e) {
        assertThat(e).hasMessageContaining("expected ").hasMessageContaining(", found ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(mutants * 9 / 10);
  }

  private static byte[] mutated(byte[] whole, RandomStream stream) {
    byte[] bytes = whole.clone();
    int at = stream.nextInt(bytes.length);
    int length = 1 + stream.nextInt(Math.min(40, bytes.length - at));
    return switch (stream.nextInt(5)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << stream.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        for (int i = at; i < at + length; i++) {
          bytes[i] = (byte) stream.nextInt(256);
        }
        yield bytes;
      }
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> {
        byte[] cut = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, cut, 0, at);
        System.arraycopy(bytes, at + length, cut, at, cut.length - at);
        yield cut;
      }
      default -> {
        System.arraycopy(bytes, stream.nextInt(bytes.length - length + 1), bytes, at, length);
        yield bytes;
      }
    };
  }

  @Test
  void partsWithFreshChecksumsAreReadOrRefusedAsWell() {
    List<byte[]> parts = Container.parts(Path.of("net.kerf"), Encoded.of(SMALL).bytes());
    RandomStream stream = RandomStream.of(2, "damage");
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      List<byte[]> others = new ArrayList<>(parts);
      int number = 1 + stream.nextInt(parts.size() - 1);
      others.set(number, mutated(parts.get(number), stream));
      try {
        new Decoder(Path.of("net.kerf"), Container.bytes(others)).network();
      } catch (UnreadableFileException e) {
        assertThat(e.getMessage())
            .contains("expected ")
            .containsPattern("conv|bn|fc|network|parts");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void randomWeightsOfThePapersDensitiesTakeTheirEntropyAndLittleMore() {
    // Han et al. 2016, tables 2 and 4: 8, 9 and 26 % of the weights left, 6 bits each.
    requireLittleMoreThanEntropy(
        new Lenet300100().initialize(1),
        Map.of("fc1", 0.08, "fc2", 0.09, "fc3", 0.26),
        Map.of("fc1", 6, "fc2", 6, "fc3", 6));
    // Tables 3 and 5: convolutions of 8 bits, linear layers of 5.
    requireLittleMoreThanEntropy(
        new Lenet5().initialize(1),
        Map.of("conv1", 0.66, "conv2", 0.12, "fc1", 0.08, "fc2", 0.19),
        Map.of("conv1", 8, "conv2", 8, "fc1", 5, "fc2", 5));
  }

  private static void requireLittleMoreThanEntropy(
      Network dense, Map<String, Double> density, Map<String, Integer> bits) {
    Map<String, float[]> values = new LinkedHashMap<>();
    double least = 0;
    for (ParameterSpec spec : dense.architecture().structure().parameters()) {
      float[] own = RandomStream.of(1, spec.name()).gaussians(spec.size(), 0.1f);
      if (spec.role() == ParameterSpec.Role.WEIGHT) {
        RandomStream kept = RandomStream.of(2, spec.name());
        for (int i = 0; i < own.length; i++) {
          own[i] = kept.nextDouble() < density.get(spec.layer()) ? own[i] : 0;
        }
        Clustering clusters = Clustering.of(own, 1 << bits.get(spec.layer()), new Start.Linear());
        own = clusters.shared();
        least += entropyBytes(own) + 4.0 * clusters.centroids().length;
      } else {
        least += 4.0 * own.length;
      }
      values.put(spec.name(), own);
    }

    assertThat(Encoded.of(dense.revalued(values)).size()).isLessThan((long) (1.02 * least) + 600);
  }

  /** What independent draws with these frequencies take at the least, zeros included. */
  private static double entropyBytes(float... values) {
    Map<Float, Integer> counts = new LinkedHashMap<>();
    for (float value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    double bits = 0;
    for (int count : counts.values()) {
      bits -= count * Math.log((double) count / values.length) / Math.log(2);
    }
    return bits / 8;
  }
}
