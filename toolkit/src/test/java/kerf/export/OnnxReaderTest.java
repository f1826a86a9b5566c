package kerf.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import kerf.model.CharLstm;
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

  private static ModelProto.Builder without(ModelProto model, Consumer<GraphProto.Builder> change) {
    ModelProto.Builder builder = model.toBuilder();
    change.accept(builder.getGraphBuilder());
    return builder;
  }

  private static void shaped(ModelProto model, Consumer<GraphProto.Builder> change, String fault) {
    assertThatThrownBy(() -> OnnxReader.read(PATH, without(model, change).build().toByteArray()))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(fault);
  }

  private static TensorProto longs(String name, long... values) {
    OnnxWriter writer = new OnnxWriter();
    writer.input("input", 1);
    writer.longs(name, values);
    writer.add("Reshape", "output", List.of("input", name));
    writer.output("output", NumberType.FLOAT, 1);
    return writer.model("one").getGraph().getInitializer(0);
  }

  /** ONNX Runtime reads beyond the weights of an LSTM that is handed longer vectors. */
  @Test
  void anLstmOfOtherInputs() {
    ModelProto characters =
        Translation.model(Export.form(new CharLstm(5).length(4).characters(65).initialize(1)));
    for (long depth : List.of(64L, 66L, 100L, 1000L)) {
      shaped(
          characters,
          graph -> {
            for (int i = 0; i < graph.getInitializerCount(); i++) {
              String name = graph.getInitializer(i).getName();
              if (name.endsWith("/depth")) {
                graph.setInitializer(i, longs(name, depth));
              }
            }
          },
          "LSTM 'lstm1/layer0' with input 2 that is constant, of shape 1×20×%d, found 1×20×65"
              .formatted(depth));
    }
  }

  @Test
  void layersOfOtherRanks() {
    ModelProto tiny = tiny();
    shaped(
        tiny,
        graph -> graph.getNodeBuilder(4).setOpType("Conv").clearAttribute(),
        "Conv 'fc1' with input 1 of 3 to 5 axes, the batch on the first alone, found N×2 of float");
    shaped(
        tiny,
        graph -> graph.getNodeBuilder(4).removeAttribute(0),
        "Gemm 'fc1' with transB of 1, found 0");
    shaped(
        tiny,
        graph ->
            graph
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(1)
                .setDimValue(3),
        "expected the output 'fc1' of N×3 of float, found N×2 of float");
  }

  @Test
  void sizesBeyondMemory() {
    ModelProto characters =
        Translation.model(Export.form(new CharLstm(5).length(4).characters(65).initialize(1)));
    shaped(
        characters,
        graph -> {
          for (int i = 0; i < graph.getInitializerCount(); i++) {
            String name = graph.getInitializer(i).getName();
            if (name.endsWith("/depth")) {
              graph.setInitializer(i, longs(name, 1L << 28));
            }
          }
        },
        "numbers for one input, one axis the batch, found N×4×268435456 of float");
  }

  /** Fields that the reader does not know would reach native code unseen. */
  @Test
  void fieldsOfOtherVersions() {
    ModelProto.Builder model = tiny().toBuilder();
    model
        .getGraphBuilder()
        .getNodeBuilder(4)
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build());
    refused(
        model.build().toByteArray(),
        "expected fields that Kerf knows, names in UTF-8, found field 99 of a NodeProto",
        "copy the file again; run files of other origin with ai.onnxruntime");
  }

  /** Every form that is written has shapes that fit, and is read back. */
  @Test
  void everyFormIsRead() {
    OnnxFormat.forms()
        .forEach(
            model -> assertThat(OnnxReader.read(PATH, model.toByteArray()).bytes()).isPositive());
  }

  /** A sound file, whose second activation ONNX Runtime 1.28's fusions lose. */
  @Test
  void whatOnnxRuntimeRefuses() {
    ModelProto clipped = OnnxFormat.forms().get(9);
    ModelProto.Builder twice =
        without(
            clipped,
            graph -> {
              NodeProto relu =
                  graph.getNodeList().stream()
                      .filter(node -> node.getOpType().equals("Relu"))
                      .findFirst()
                      .orElseThrow();
              int at = graph.getNodeList().indexOf(relu);
              graph.addNode(at, relu.toBuilder().setName("first").setOutput(0, "first"));
              graph.getNodeBuilder(at + 1).setInput(0, "first");
            });
    OnnxFile file = OnnxReader.read(PATH, twice.build().toByteArray());
    float[] inputs = new float[(int) OnnxReader.volume(file.model())];
    assertThatThrownBy(() -> file.outputs(inputs))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith(
            "cannot read net.onnx: expected a model that ONNX Runtime runs, found ONNX Runtime"
                + " refuses the model: ")
        .hasMessageEndingWith("or run the file with ai.onnxruntime, less optimized");
  }
}
