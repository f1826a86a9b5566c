package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedFileTest {
  private static final Network NETWORK = Pruning.plan().sparsity(0.3).prune(Nets.plain());
  private static final Quantized STATIC = quantized(Quantization.plan());

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
  void damagedFilesAreReadOrRefusedAndNothingElse(String name) throws IOException {
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
                  Quantized.load(NETWORK.architecture(), other);
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

  private Map<String, Npy> arrays() {
    Path file = folder.resolve("whole.npz");
    STATIC.save(file);
    return new LinkedHashMap<>(Npz.read(file));
  }
}
