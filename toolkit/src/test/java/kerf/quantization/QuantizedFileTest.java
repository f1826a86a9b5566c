package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.random.RandomStream;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.storage.ArrayFile;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.Safetensors;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedFileTest {
  private static final Network NETWORK = Pruning.plan().sparsity(0.3).prune(Nets.plain());
  private static final Quantized STATIC = quantized(Quantization.plan());
  private static final String DIGEST = "kerf-sha256:";

  @TempDir private Path folder;

  private static Quantized quantized(Quantization plan) {
    float[] batch = RandomStream.of(2, "file").gaussians(8 * 144, 1);
    return plan.prepare(NETWORK).calibrate(List.of(batch), 4, 6, 6).convert();
  }

  @Test
  void everyModeAndFormComesBackAsItWent() {
    Quantization weights = Quantization.plan().weightOnly();
    IntegerFormat groups = IntegerFormat.signed(4).symmetric().perGroup(7);
    List<Quantized> all =
        List.of(
            STATIC,
            quantized(Quantization.plan().bits(3).perTensor().ends().keepFloat("conv2")),
            quantized(Quantization.plan().dynamic()),
            quantized(weights.weights(FloatFormat.FP16)),
            quantized(weights.weights(FloatFormat.BF16)),
            quantized(weights.weights(new PaletteFormat(3))),
            quantized(weights.weights(groups)));

    for (Quantized each : all) {
      Path file = folder.resolve(each == STATIC ? "quantized.safetensors" : "quantized.npz");
      each.save(file);
      Quantized back = Quantized.load(NETWORK.architecture(), file);

      assertThat(back.form().forms()).isEqualTo(each.form().forms());
      assertThat(back.form().points()).isEqualTo(each.form().points());
      assertThat(back.form().inputs()).isEqualTo(each.form().inputs());
      assertThat(back.form().mode()).isEqualTo(each.form().mode());
      assertThat(back.mask()).isEqualTo(each.mask());
      assertThat(back.architecture()).isEqualTo(each.architecture());
      assertThat(Nets.outputs(back, 3)).containsExactly(Nets.outputs(each, 3));
      assertThat(Nets.outputs(back.original(), 3)).containsExactly(Nets.outputs(NETWORK, 3));
    }
  }

  @Test
  void otherNamesAreForFloatNetworks() {
    Path file = folder.resolve("named.safetensors");
    assertThatThrownBy(() -> STATIC.save(file, NETWORK.names()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "a quantized network is saved under its own names, by which its scales are found: save(file); its float network can have others: original().save(file, names)");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void aQuantizedNetworkIsNoFloatOne() {
    Path file = folder.resolve("quantized.safetensors");
    STATIC.save(file);

    assertThatThrownBy(() -> NETWORK.architecture().load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected a float network, found a quantized one; read it by"
                    .formatted(file)
                + " quantized(architecture, file); the float network is its .original()");
  }

  @Test
  void aFloatNetworkIsNoQuantizedOne() {
    Path file = folder.resolve("float.npz");
    NETWORK.save(file);

    assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected a quantized network, found no array 'quantization:mode'; save"
                    .formatted(file)
                + " a quantized network with .save(file), or read a float one with"
                + " architecture.load(file)");
  }

  @Test
  void anotherArchitectureIsRefused() {
    Path file = folder.resolve("quantized.npz");
    STATIC.save(file);

    assertThatThrownBy(() -> Quantized.load(new Lenet300100(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected a quantized lenet300100(glorotNormal), found one that does not"
                    .formatted(file)
                + " fit it: there is no array 'quantization:original:fc2.weight'; copy it again from"
                + " its source, or save it again");
  }

  @Test
  void scalesThatDoNotFitAreRefused() {
    Map<String, Npy> arrays = arrays();
    arrays.put("quantization:point:relu1:scale", Npy.of(new long[] {1}, new float[] {-1}));
    Path file = folder.resolve("damaged.npz");
    Npz.write(file, arrays);

    assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("scale must be a number above 0, found -1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantized.npz", "quantized.safetensors"})
  void damagedFilesAreReadAsTheyWereOrRefused(String name) throws IOException {
    Path file = folder.resolve(name);
    STATIC.save(file);
    byte[] bytes = Files.readAllBytes(file);
    RandomStream stream = RandomStream.of(4, "damage");
    Path other = folder.resolve("damaged-" + name);

    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      // Half of the damage is in the first kilobytes, where a safetensors file has its names.
      int reach = i % 2 == 0 ? damaged.length : Math.min(4_096, damaged.length);
      for (int k = 0; k < 3; k++) {
        damaged[stream.nextInt(reach)] = (byte) stream.nextInt(256);
      }
      Files.write(other, damaged);
      assertThatCode(
              () -> {
                try {
                  Quantized back = Quantized.load(NETWORK.architecture(), other);
                  assertThat(Nets.outputs(back, 3)).containsExactly(Nets.outputs(STATIC, 3));
                } catch (UnreadableFileException e) {
                  assertThat(e).hasMessageStartingWith("cannot read ");
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void arraysOfAnyKindInPlaceOfOneAreRefusedOrFit() {
    Map<String, Npy> arrays = arrays();
    for (String name : arrays.keySet()) {
      for (Npy other :
          List.of(
              Npy.of(new long[] {0}, new float[0]),
              Npy.of(new long[] {2}, new long[] {-1, 1L << 40}),
              Npy.of(new long[] {1}, new float[] {Float.NaN}))) {
        Map<String, Npy> changed = new LinkedHashMap<>(arrays);
        changed.put(name, other);
        Path file = folder.resolve("changed.npz");
        Npz.write(file, changed);

        assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
            .as("%s as %s", name, other)
            .isInstanceOf(UnreadableFileException.class);
      }
    }
  }

  /** Plans that write every kind of field there is. */
  static List<Quantized> kinds() {
    Quantization weights = Quantization.plan().weightOnly();
    return List.of(
        STATIC,
        quantized(Quantization.plan().activations(IntegerFormat.signed(8).reduceRange()).ends()),
        quantized(Quantization.plan().dynamic()),
        quantized(weights.weights(FloatFormat.FP16)),
        quantized(weights.weights(new PaletteFormat(3))),
        quantized(weights.weights(IntegerFormat.signed(4).symmetric().perGroup(7))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldThatIsEditedIsRefused(Quantized quantized) throws IOException {
    for (String ending : List.of(".npz", ".safetensors")) {
      Path whole = folder.resolve("whole" + ending);
      quantized.save(whole);
      Map<String, Npy> arrays = ArrayFile.read(whole, Long.MAX_VALUE).arrays();
      for (String name : arrays.keySet()) {
        Map<String, Npy> changed = new LinkedHashMap<>(arrays);
        changed.remove(name);
        requireRefusedAsEdited(whole, changed, "without " + name);
        for (int i = 0; i < arrays.get(name).size(); i += 1 + arrays.get(name).size() / 2) {
          changed.put(name, edited(arrays.get(name), i));
          requireRefusedAsEdited(whole, changed, "%s at %d".formatted(name, i));
        }
      }
      Map<String, Npy> more = new LinkedHashMap<>(arrays);
      more.put("quantization:point:nothing", FormatCode.longs(1));
      requireRefusedAsEdited(whole, more, "with another array");
    }
  }

  /** Numbers as near as can be: the last bit of one. */
  private static Npy edited(Npy array, int index) {
    if (array.type() == ElementType.FLOAT32) {
      float[] values = array.floats();
      values[index] = Math.nextUp(values[index]);
      return Npy.of(array.shape(), values);
    }
    if (array.type() == ElementType.INT64) {
      long[] values = array.longs();
      values[index]++;
      return Npy.of(array.shape(), values);
    }
    byte[] values = array.bytes();
    values[index] ^= 1;
    return Npy.of(array.type(), array.shape(), values);
  }

  /** Writes arrays with right checksums and the digest of the file they were before. */
  private void requireRefusedAsEdited(Path whole, Map<String, Npy> arrays, String what)
      throws IOException {
    Path file = folder.resolve("edited-" + whole.getFileName());
    ArrayFile.write(file, arrays);
    byte[] before = Files.readAllBytes(whole);
    byte[] bytes = Files.readAllBytes(file);
    System.arraycopy(before, digestAt(before), bytes, digestAt(bytes), DIGEST.length() + 64);
    Files.write(file, bytes);
    assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
        .as(what)
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("arrays as they were saved");
  }

  private static int digestAt(byte... file) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(DIGEST);
  }

  @Test
  void aFileThatAnotherProgramWroteIsRefused() throws IOException {
    Path npz = folder.resolve("other.npz");
    STATIC.save(npz);
    byte[] archive = Files.readAllBytes(npz);
    int comment = DIGEST.length() + 64;
    byte[] plain = Arrays.copyOf(archive, archive.length - comment);
    plain[plain.length - 2] = 0;
    plain[plain.length - 1] = 0;
    Files.write(npz, plain);
    assertThat(Npz.read(npz)).as("as numpy would write it").isNotEmpty();
    requireRefusedWithoutDigest(npz);

    Path safetensors = folder.resolve("other.safetensors");
    STATIC.save(safetensors);
    String text = Files.readString(safetensors, StandardCharsets.ISO_8859_1);
    String metadata = "\"__metadata__\":{\"kerf.digest\":\"" + DIGEST;
    int length = metadata.length() + 64 + "\"},".length();
    int at = text.indexOf(metadata);
    String bare = text.substring(0, at) + " ".repeat(length) + text.substring(at + length);
    Files.writeString(safetensors, bare, StandardCharsets.ISO_8859_1);
    assertThat(Safetensors.read(safetensors)).as("as PyTorch would write it").isNotEmpty();
    requireRefusedWithoutDigest(safetensors);
  }

  private static void requireRefusedWithoutDigest(Path file) {
    assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected a quantized network with the digest that .save(file) writes,"
                    .formatted(file)
                + " found none: another program wrote the file; read the file that .save(file)"
                + " wrote, or save the network again");
  }

  @Test
  void partsThatDoNotGoTogetherAreRefusedUnderARightDigestToo() {
    String point = "quantization:point:relu1";
    String weight = "quantization:weight:fc1.weight";
    requireRefused(
        STATIC,
        Map.of("quantization:mode", FormatCode.longs(1)),
        "dynamic quantization has no arithmetic for convolutions");
    requireRefused(STATIC, Map.of("quantization:mode", FormatCode.longs(2)), "points are for");
    requireRefused(STATIC, Map.of("quantization:mode", FormatCode.longs(0, 0)), "mode [0, 0]");
    requireRefused(
        STATIC,
        Map.of(point + ":zero_point", FormatCode.longs(1L << 32)),
        "formats and zero points need numbers of 32 bits, found 4294967296");
    requireRefused(
        STATIC, Map.of(point + ":zero_point", FormatCode.longs(256)), "zero point must be in");
    for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e-40f}) {
      requireRefused(
          STATIC,
          Map.of(point + ":scale", Npy.of(new long[] {1}, new float[] {scale})),
          "scale must be a number above 0, found " + scale);
    }
    requireRefused(
        STATIC,
        Map.of(
            point + ":scale", Npy.of(new long[] {2}, new float[] {1, 1}),
            point + ":zero_point", FormatCode.longs(0, 0)),
        "activations share one scale a tensor, found 2 scales");
    requireRefused(
        STATIC,
        Map.of(weight, FormatCode.of(FloatFormat.FP16)),
        "nothing in the network is called");
    requireRefused(
        STATIC,
        Map.of(weight, FormatCode.longs(1, 16, 0, 0, 0, 0, 0, 7)),
        "a format is written as");
    requireRefused(
        STATIC, Map.of(weight, FormatCode.longs(0, 8, -200, 50, 1, 0, 1, 0)), "must lie in");
    requireRefused(STATIC, Map.of("quantization:extra", FormatCode.longs(1)), "quantization:extra");
    requireRefused(
        STATIC,
        without(point, point + ":scale", point + ":zero_point"),
        "the points of the quantized layers must be on grids");
    Quantized dynamic = quantized(Quantization.plan().dynamic());
    requireRefused(dynamic, Map.of("quantization:mode", FormatCode.longs(2)), "inputs are for");
    requireRefused(
        dynamic,
        without("quantization:input:fc1"),
        "the inputs of the layers with quantized weights must be on grids (fc1), found none");
    requireRefused(
        dynamic,
        without(weight, weight + ":scale", weight + ":zero_point"),
        "the inputs of the layers with quantized weights must be on grids (), found fc1");
    Quantized palette = quantized(Quantization.plan().weightOnly().weights(new PaletteFormat(1)));
    requireRefused(
        palette, Map.of("quantization:mode", FormatCode.longs(0)), "needs a grid, found palette");
    requireRefused(
        palette,
        Map.of(weight + ":colors", Npy.of(new long[] {2}, new float[] {0, Float.NaN})),
        "colors of a palette must be finite numbers, found NaN");
  }

  private static Map<String, Npy> without(String... names) {
    Map<String, Npy> changes = new LinkedHashMap<>();
    for (String name : names) {
      changes.put(name, null);
    }
    return changes;
  }

  /** Edits arrays, null to take one away; the file gets the digest that belongs to what is left. */
  private void requireRefused(Quantized quantized, Map<String, Npy> changes, String why) {
    Map<String, Npy> arrays = arrays(quantized);
    changes.forEach(
        (name, array) -> {
          arrays.remove(name);
          if (array != null) {
            arrays.put(name, array);
          }
        });
    Path file = folder.resolve("sealed.npz");
    Npz.write(file, arrays);
    assertThatThrownBy(() -> Quantized.load(NETWORK.architecture(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(why);
  }

  private Map<String, Npy> arrays() {
    return arrays(STATIC);
  }

  private Map<String, Npy> arrays(Quantized quantized) {
    Path file = folder.resolve("whole.npz");
    quantized.save(file);
    return new LinkedHashMap<>(Npz.read(file));
  }
}
