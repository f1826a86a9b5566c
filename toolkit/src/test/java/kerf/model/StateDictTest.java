package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.recurrent.LSTM;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.mask.Mask;
import kerf.random.RandomStream;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.Safetensors;
import kerf.storage.UnreadableFileException;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
  @TempDir Path folder;

  /** A file that PyTorch wrote: see the README beside it. */
  private static Path torch(String name) {
    try {
      return Path.of(StateDictTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Architecture convolutional() {
    SequentialBlock block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setFilters(2)
                    .setKernelShape(new Shape(3, 3))
                    .optPadding(new Shape(1, 1))
                    .optBias(false)
                    .build())
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(3).build());
    return Network.of(block, 1, 4, 4).architecture();
  }

  private static Architecture recurrent() {
    SequentialBlock block =
        new SequentialBlock()
            .add(LSTM.builder().setStateSize(4).setNumLayers(2).build())
            .add(Linear.builder().setUnits(2).build());
    return Network.of(block, 5, 3).architecture();
  }

  private static Architecture two() {
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(2).optBias(false).build())
            .add(Linear.builder().setUnits(2).optBias(false).build());
    return Network.of(block, 2).architecture();
  }

  /** The output for 0, 1/n, 2/n ... */
  private static float[] output(Network network, long... shape) {
    int size = new ParameterSpec("", "", ParameterSpec.Role.OTHER, shape).size();
    float[] ramp = new float[size];
    for (int i = 0; i < size; i++) {
      ramp[i] = i / (float) size;
    }
    return Outputs.of(network, ramp, shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch-sequential.safetensors", "torch-pruned.safetensors"})
  void aModuleOfPyTorchComputesTheSame(String file) {
    Network network = convolutional().load(torch(file));
    assertThat(output(network, 1, 1, 4, 4))
        .containsExactly(
            new float[] {0.12114504724740982f, -0.1490727663040161f, -0.04399694874882698f},
            within(1e-6f));
  }

  @Test
  void aMaskOfPyTorchIsAMask() {
    Network pruned = convolutional().load(torch("torch-pruned.safetensors"));
    float[] expected =
        Safetensors.read(torch("torch-pruned.safetensors")).get("4.weight_mask").floats();
    assertThat(pruned.mask().layer("fc1").floats()).containsExactly(expected);
    assertThat(pruned.mask().layer("fc1").density()).isLessThan(1);
    assertThat(pruned.mask().layer("conv1").density()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch-lstm.safetensors", "torch-lstm.npz"})
  void anLstmOfPyTorchComputesTheSame(String file) {
    Network network = recurrent().load(torch(file));
    assertThat(output(network, 1, 5, 3))
        .containsExactly(
            new float[] {
              0.409024715423584f,
              -0.08252403140068054f,
              0.39018136262893677f,
              -0.08588079363107681f,
              0.38913923501968384f,
              -0.08190694451332092f,
              0.39379367232322693f,
              -0.0737733319401741f,
              0.3989022970199585f,
              -0.0638190284371376f
            },
            within(1e-6f));
  }

  @Test
  void whatGoesOutHasPyTorchsNamesAndShapes() {
    Path file = folder.resolve("out.safetensors");
    convolutional().load(torch("torch-sequential.safetensors").toString()).save(file.toString());
    assertThat(Safetensors.read(file).keySet())
        .containsExactly(
            "conv1.weight",
            "bn1.weight",
            "bn1.bias",
            "bn1.running_mean",
            "bn1.running_var",
            "fc1.weight",
            "fc1.bias");
    recurrent().load(torch("torch-lstm.npz")).save(file);
    Map<String, Npy> written = Safetensors.read(file);
    Npz.read(torch("torch-lstm.npz"))
        .forEach(
            (name, array) ->
                assertThat(written)
                    .containsEntry(name.replace("rnn", "lstm1").replace("head", "fc1"), array));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.safetensors", "net.npz"})
  void comesBackWithItsMaskAndNotes(String name) {
    Path file = folder.resolve(name);
    Network dense = new Lenet300100().initialize(1);
    Mask mask =
        Mask.of(
            dense.mask().layers().stream()
                .map(layer -> layer.name().equals("fc1") ? layer.without(0, 5) : layer)
                .toList());
    Network pruned = dense.masked(mask);
    StateDict.write(pruned, file, Map.of("room:a", Npy.of(new long[] {1}, new float[] {7})));
    Network read = new Lenet300100().load(file);
    assertThat(read.mask()).isEqualTo(pruned.mask());
    assertThat(read.values("fc1.weight")).containsExactly(pruned.values("fc1.weight"));
    assertThat(read.values("fc3.bias")).containsExactly(pruned.values("fc3.bias"));
    assertThat(StateDict.read(file, new Lenet300100()).notes().get("room:a").floats())
        .containsExactly(7);
  }

  @Test
  void namesInAnotherOrderAreStillNames() {
    Path file = folder.resolve("names.npz");
    Npz.write(file, arrays("fc2.weight", 5, "fc1.weight", 1));
    assertThat(two().load(file).values("fc1.weight")).containsExactly(1, 2, 3, 4);
  }

  @Test
  void orderDecidesWhereNamesAreOthers() {
    Path npz = folder.resolve("order.npz");
    Npz.write(npz, arrays("net.10.weight", 5, "net.9.weight", 1));
    assertThat(two().load(npz).values("fc1.weight")).containsExactly(1, 2, 3, 4);
    Path numbered = folder.resolve("numbers.safetensors");
    Safetensors.write(numbered, arrays("net.10.weight", 5, "net.9.weight", 1));
    assertThat(two().load(numbered).values("fc1.weight")).containsExactly(1, 2, 3, 4);
  }

  @Test
  void theAlphabetIsNoOrder() {
    Path file = torch("torch-two.safetensors");
    assertThatThrownBy(() -> two().load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected names that tell the order of modules of equal shapes, found decoder and encoder; say it yourself, as in load(file, \"decoder\", \"encoder\"), with a beginning for every module",
            file);
    assertThat(two().load(file, "encoder", "decoder").values("fc1.weight"))
        .containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> two().load(file, "encoder"))
        .hasMessage("each module of %s must begin with one of encoder, found decoder", file);
  }

  /** {@code numpy.savez(**load_file(...))} writes the alphabet's order. */
  @Test
  void theOrderOfAnNpzIsNoOrderEither() {
    Path file = folder.resolve("sorted.npz");
    Npz.write(file, arrays("decoder.weight", 5, "encoder.weight", 1));
    assertThatThrownBy(() -> two().load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(
            "expected names that tell the order of modules of equal shapes, found decoder and encoder; say it yourself, as in load(file, \"decoder\", \"encoder\")");
    assertThat(two().load(file, "encoder", "decoder").values("fc1.weight"))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aBeginningSaysNothingOfTheOrderWithinIt() {
    Path file = folder.resolve("within.npz");
    Npz.write(file, arrays("net.a.weight", 1, "net.b.weight", 5));
    assertThatThrownBy(() -> two().load(file, "net"))
        .hasMessageContaining("found net.a and net.b; say it yourself");
    Path tens = folder.resolve("tens.npz");
    Npz.write(tens, arrays("layer1.weight", 5, "layer10.weight", 1));
    assertThat(two().load(tens, "layer10", "layer1").values("fc1.weight"))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aTableSaysWhichKeyBecameWhichLayer() {
    Path file = torch("torch-two.safetensors");
    Network network = two().load(file, "encoder", "decoder");
    assertThat(Csv.text(network.names().table()))
        .isEqualTo(
            "layer,parameter,shape,key\nfc1,fc1.weight,2×2,encoder.weight\nfc2,fc2.weight,2×2,decoder.weight\n");
    assertThat(network.bundle().text()).contains("keys of torch-two.safetensors", "encoder.weight");
    assertThat(two().initialize(0).bundle().text()).doesNotContain("keys of");
    assertThat(Csv.text(two().initialize(0).names().table()))
        .contains("fc2,fc2.weight,2×2,fc2.weight");
  }

  @Test
  void theNamesItCameWithOutlivePruningAndAreWrittenWhereAskedFor() {
    Path torch = torch("torch-two.safetensors");
    Network network = two().load(torch, "encoder", "decoder");
    Network pruned =
        network
            .masked(network.mask())
            .revalued(Map.of("fc1.weight", new float[4], "fc2.weight", new float[4]));
    Path file = folder.resolve("back.safetensors");
    pruned.save(file.toString(), pruned.names());
    assertThat(Safetensors.read(file)).containsOnlyKeys("encoder.weight", "decoder.weight");
    network.save(file, network.names());
    assertThat(Safetensors.read(file)).isEqualTo(Safetensors.read(torch));
    network.save(file);
    assertThat(Safetensors.read(file)).containsOnlyKeys("fc1.weight", "fc2.weight");
    Network other = new Lenet300100().initialize(0);
    assertThatThrownBy(() -> other.save(file, network.names()))
        .hasMessage(
            "keys of torch-two.safetensors are no names for %s, whose parameters are others; save it without names",
            other.architecture().describe());
  }

  @Test
  void anotherArchitectureIsRefused() {
    Path file = torch("torch-sequential.safetensors");
    String name = two().describe();
    assertThatThrownBy(() -> two().load(file))
        .hasMessage(
            "cannot read %s: expected fc1 with weight[2, 2] for %s, found 0.weight[2, 1, 3, 3], 1.bias[2], 1.running_mean[2], 1.running_var[2], 1.weight[2], 4.bias[3] and 1 more; load it by the architecture that it was saved from",
            file, name);
    Path more = folder.resolve("more.npz");
    Npz.write(more, arrays("fc1.weight", 1, "fc2.weight", 2, "fc3.weight", 3));
    assertThatThrownBy(() -> two().load(more))
        .hasMessage(
            "cannot read %s: expected no other parameters for %s, found fc3.weight[2, 2]; load it by the architecture that it was saved from",
            more, name);
    Path wrong = folder.resolve("wrong.npz");
    Map<String, Npy> arrays = arrays("fc1.weight", 1);
    arrays.put("fc2.weight", Npy.of(new long[] {1, 2}, new float[2]));
    Npz.write(wrong, arrays);
    assertThatThrownBy(() -> two().load(wrong))
        .hasMessage(
            "cannot read %s: expected fc2.weight[2, 2] for %s, found fc2.weight[1, 2]; load it by the architecture that it was saved from",
            wrong, name);
  }

  @Test
  void masksThatAreNoneAreRefused() {
    Npy half = Npy.of(new long[] {2, 2}, new float[] {1, 0, 0.5f, 1});
    refusesMask(
        "fc1.weight_mask", half, "only 0 and 1 in the mask of fc1.weight, found 0.5 at index 2");
    refusesMask(
        "fc1.weight_mask",
        Npy.of(new long[] {2}, new float[2]),
        "a mask of shape [2, 2] for fc1.weight, found FLOAT32[2]");
    refusesMask(
        "mask:fc1",
        Npy.of(ElementType.UINT8, new long[] {4}, new byte[4]),
        "a mask of shape [2, 2] for fc1, found UINT8[4]");
    refusesMask("mask:fc3", half, "masks of fc1, fc2, found mask:fc3");
    refusesMask(
        "fc3.weight_mask",
        half,
        "a parameter for each mask, found fc3.weight_mask without fc3.weight_orig");
  }

  private void refusesMask(String name, Npy mask, String message) {
    Path file = folder.resolve("mask.safetensors");
    Map<String, Npy> arrays = arrays("fc1.weight_orig", 1, "fc2.weight", 5);
    arrays.put(name, mask);
    Safetensors.write(file, arrays);
    assertThatThrownBy(() -> two().load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected %s; copy it again from its source, or save it again",
            file, message);
  }

  @Test
  void otherEndingsAreRefusedAndNothingIsWritten() {
    Network network = two().initialize(0);
    assertThatThrownBy(() -> network.save(folder.resolve("net.pt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a network's file must end in .safetensors or .npz, found net.pt; PyTorch writes one by safetensors.torch.save_file(module.state_dict(), \"net.safetensors\")");
    assertThat(Files.exists(folder.resolve("net.pt"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.safetensors", "net.npz"})
  void twoThousandDamagedFilesAreReadOrRefused(String name) throws IOException {
    Network network = convolutional().load(torch("torch-pruned.safetensors"));
    Path file = folder.resolve(name);
    network.save(file);
    byte[] whole = Files.readAllBytes(file);
    RandomStream stream = RandomStream.of(5, "damage");
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = whole.clone();
      RandomStream own = stream.split(Integer.toString(i));
      for (int k = own.nextInt(4); k >= 0; k--) {
        // Every other time in the header, where names, shapes and types are.
        int most = i % 2 == 0 ? Math.min(600, bytes.length) : bytes.length;
        bytes[own.nextInt(most)] = (byte) own.nextInt(256);
      }
      Files.write(file, i % 7 == 0 ? Arrays.copyOf(bytes, own.nextInt(bytes.length)) : bytes);
      try {
        assertThat(network.architecture().load(file).layers()).isEqualTo(network.layers());
      } catch (UnreadableFileException e) {
        assertThat(e).hasMessageStartingWith("cannot read ").hasMessageContaining("; ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  /** Matrices of 2x2 that count up from a number. */
  private static Map<String, Npy> arrays(Object... namesAndFirsts) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndFirsts.length; i += 2) {
      int first = (int) namesAndFirsts[i + 1];
      float[] values = {first, first + 1, first + 2, first + 3};
      arrays.put((String) namesAndFirsts[i], Npy.of(new long[] {2, 2}, values));
    }
    return arrays;
  }
}
