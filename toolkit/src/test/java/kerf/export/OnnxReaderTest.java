package kerf.export;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import kerf.model.Network;
import kerf.quantization.Palette;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
  private static final Path PATH = Path.of("net.onnx");

  private static ModelProto tiny() {
    return Translation.model(Nets.tinyIntegers());
  }

  /** The file without its seal, changed. */
  private static byte[] changed(Consumer<GraphProto.Builder> change) {
    ModelProto.Builder model = tiny().toBuilder();
    change.accept(model.getGraphBuilder());
    return model.build().toByteArray();
  }

  private static void refused(byte[] content, String message) {
    refused(content, message, "copy it again from its source, or save it again");
  }

  private static void refused(byte[] content, String message, String cure) {
    assertThatThrownBy(() -> OnnxReader.read(PATH, content))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("cannot read net.onnx: " + message + "; " + cure);
  }

  @Test
  void readsWhatWasWritten() {
    OnnxFile file = OnnxReader.read(PATH, Sealed.bytes(tiny()));
    assertThat(file.outputs(1.1f, -0.7f, 0, 0)).containsExactly(0, -1.6875f, 0.5f, -1);
    assertThat(file.kernels()).containsEntry("QGemm", 1L);
    assertThat(file)
        .hasToString("net.onnx: 5 operators, opset 17, %,d bytes".formatted(file.bytes()));
    assertThat(file.table().stringColumn("operator").asList())
        .containsExactly(
            "QuantizeLinear", "DequantizeLinear", "DequantizeLinear", "DequantizeLinear", "Gemm");
    assertThatThrownBy(() -> file.outputs(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("net.onnx takes inputs of 2 numbers, found 1 numbers");
  }

  @Test
  void noFile(@TempDir Path folder) {
    Path file = folder.resolve("none.onnx");
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected an ONNX file, found no file; write one: export(network).onnx(\"none.onnx\")"
                .formatted(file));
  }

  @Test
  void otherFiles() {
    refused(
        "no model".getBytes(StandardCharsets.UTF_8),
        "expected an ONNX model, found other or damaged bytes");
    refused(
        new byte[0],
        "expected an ONNX model of standard operators, opset 13 to 21, found IR version 0,"
            + " opsets []");
    refused(
        Arrays.copyOf(Sealed.bytes(tiny()), 500),
        "expected an ONNX model, found other or damaged bytes");
  }

  @Test
  void aWeightThatChanged() throws InvalidProtocolBufferException {
    ModelProto.Builder model = ModelProto.parseFrom(Sealed.bytes(tiny())).toBuilder();
    model.getGraphBuilder().getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[4]));
    refused(
        model.build().toByteArray(),
        "expected the content that was written, found content that was changed since");
  }

  @Test
  void operatorsThatKerfDoesNotWrite() {
    refusedOperator(
        changed(graph -> graph.getNodeBuilder(4).setOpType("Loop")),
        "Loop 'fc1' with an operator that Kerf does" + " not write");
    refusedOperator(
        changed(graph -> graph.getNodeBuilder(4).setDomain("own")),
        "Gemm 'fc1' with an operator that Kerf does" + " not write");
    refusedOperator(
        changed(graph -> graph.getNodeBuilder(4).addInput("input")),
        "Gemm 'fc1' with 4 inputs, 1 outputs");
    refusedOperator(
        changed(graph -> graph.getNodeBuilder(4).getAttributeBuilder(0).setName("transA")),
        "Gemm 'fc1' with an attribute 'transA'");
    refusedOperator(
        changed(graph -> graph.getNodeBuilder(4).getAttributeBuilder(0).setI(-1)),
        "Gemm 'fc1' with an attribute transB of no" + " use");
  }

  private static void refusedOperator(byte[] content, String found) {
    refused(
        content,
        "expected an operator as Kerf writes it, found " + found,
        "copy the file again; run files of other origin with ai.onnxruntime");
  }

  @Test
  void valuesThatAreNotThere() {
    refused(
        changed(graph -> graph.getNodeBuilder(4).setInput(0, "nothing")),
        "expected values that are there before they are read, found Gemm 'fc1' reading 'nothing'");
    refused(
        changed(graph -> graph.getNodeBuilder(4).setInput(0, "fc1")),
        "expected values that are there before they are read, found Gemm 'fc1' reading 'fc1'");
    refused(
        changed(graph -> graph.getNodeBuilder(4).setOutput(0, "input")),
        "expected a name of its own for every value, found Gemm 'fc1' giving 'input'");
    refused(
        changed(graph -> graph.getOutputBuilder(0).setName("nothing")),
        "expected an operator that gives the output nothing, found none of that name");
    refused(
        changed(GraphProto.Builder::clearOutput),
        "expected a graph of one input and one output, found 1 inputs, 0 outputs, 5 operators");
  }

  @Test
  void constantsThatDoNotFitTheirShape() {
    refused(
        changed(graph -> graph.getInitializerBuilder(2).setDims(0, 3)),
        "expected a constant 'fc1.weight/quantized' of a number type, with as many bytes as its"
            + " shape [3, 2] needs, found type 3 and 4 bytes");
    refused(
        changed(graph -> graph.getInitializerBuilder(2).setDims(0, -2)),
        "expected a constant 'fc1.weight/quantized' of a number type, with as many bytes as its"
            + " shape [-2, 2] needs, found type 3 and 4 bytes");
    refused(
        changed(graph -> graph.getInitializerBuilder(2).setDataType(8)),
        "expected a constant 'fc1.weight/quantized' of a number type, with as many bytes as its"
            + " shape [2, 2] needs, found type 8 and 4 bytes");
  }

  @Test
  void inputsThatAreNoBatches() {
    refused(
        changed(
            graph ->
                graph
                    .getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .getDimBuilder(0)
                    .setDimValue(5)),
        "expected an input of float32 whose first axis is the batch, found 'input' of another"
            + " kind");
  }

  static List<ModelProto> models() {
    Network convolutions =
        random(
            new SequentialBlock()
                .add(conv(4, 3, 1, 2))
                .addSingleton(Activation::relu6)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(fc(3)),
            2,
            6,
            6);
    QuantizedGraph integers = Nets.tinyIntegers();
    return List.of(
        Translation.model(Export.form(convolutions)),
        Translation.model(Export.form(Nets.sequences(1))),
        Translation.model(integers),
        Translation.model(Nets.tinyDynamic()),
        Translation.model(Nets.dynamicSequences()),
        Translation.model(Nets.tiny(new Palette(new float[] {0, 1, 2}, 2))));
  }

  /** Bits turned, bytes put in, bytes cut out, the end cut off, or a stretch written twice. */
  static byte[] mutated(byte[] content, RandomStream stream) {
    int at = stream.nextInt(content.length);
    int length = Math.min(1 + stream.nextInt(16), content.length - at);
    byte[] copy = content.clone();
    switch (stream.nextInt(5)) {
      case 0 -> copy[at] ^= (byte) (1 << stream.nextInt(8));
      case 1 -> {
        for (int i = at; i < at + length; i++) {
          copy[i] = (byte) stream.nextInt(256);
        }
      }
      case 2 -> System.arraycopy(content, at + length, copy, at, content.length - at - length);
      case 3 -> copy = Arrays.copyOf(content, at);
      default ->
          System.arraycopy(content, at, copy, stream.nextInt(content.length - length + 1), length);
    }
    return copy;
  }

  /**
   * A damaged file is refused with one error, or can be run: ONNX Runtime may refuse it too. Every
   * other file has no seal, so that the rules alone stand before the native code.
   */
  @Test
  void twoThousandDamagedFiles() {
    List<ModelProto> models = models();
    RandomStream stream = RandomStream.of(5, "damage");
    int refused = 0;
    int sealed = 0;
    for (int i = 0; i < 2000; i++) {
      ModelProto model = models.get(i / 2 % models.size());
      byte[] content = i % 2 == 0 ? Sealed.bytes(model) : model.toByteArray();
      byte[] damaged = mutated(content, stream);
      try {
        OnnxFile file = OnnxReader.read(PATH, damaged);
        sealed += i % 2 == 0 && !Arrays.equals(content, damaged) ? 1 : 0;
        file.outputs(new float[(int) OnnxReader.volume(file.model())]);
      } catch (UnreadableFileException e) {
        assertThat(e).hasMessageStartingWith("cannot read net.onnx: expected ");
        refused++;
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("ONNX Runtime refuses the model: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
    // Damage to the seal's own key leaves a file without a seal.
    assertThat(sealed).isLessThan(20);
  }
}
