package kerf.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kerf.storage.UnreadableFileException;

/**
 * Reads and checks ONNX files. ONNX Runtime is native code that trusts what it loads, so nothing
 * reaches it before every part of the file is what Kerf would write.
 */
final class OnnxReader {
  private static final long MOST_NUMBERS = 1L << 28;

  private final Path path;
  private final GraphProto graph;
  private final Set<String> values = new HashSet<>();

  private OnnxReader(Path path, GraphProto graph) {
    this.path = path;
    this.graph = graph;
  }

  static OnnxFile read(Path path) {
    try {
      return read(path, Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw new UnreadableFileException(
          path,
          "an ONNX file",
          "no file",
          "write one: export(network).onnx(\"%s\")".formatted(path.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(path, e), e);
    }
  }

  /** Checks a file's bytes. */
  static OnnxFile read(Path path, byte[] content) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableFileException(path, "an ONNX model", "other or damaged bytes");
    }
    check(path, model);
    return new OnnxFile(path, content, model);
  }

  /** How many numbers one input has. */
  static long volume(ModelProto model) {
    long volume = 1;
    TensorShapeProto shape = model.getGraph().getInput(0).getType().getTensorType().getShape();
    for (int axis = 1; axis < shape.getDimCount(); axis++) {
      volume *= shape.getDim(axis).getDimValue();
    }
    return volume;
  }

  /** The last axis of the first output: how many classes it scores; of so many numbers at most. */
  static int classes(ModelProto model, int numbers) {
    TensorShapeProto shape = model.getGraph().getOutput(0).getType().getTensorType().getShape();
    int axes = shape.getDimCount();
    long last = axes == 0 ? 1 : shape.getDim(axes - 1).getDimValue();
    return (int) Math.max(1, Math.min(numbers, last));
  }

  private static void check(Path path, ModelProto model) {
    List<String> sets = new ArrayList<>();
    model.getOpsetImportList().forEach(set -> sets.add(set.getDomain() + " " + set.getVersion()));
    boolean versions = model.getIrVersion() >= 3 && model.getIrVersion() <= 10;
    versions &= !sets.isEmpty() && sets.get(0).matches(" (1[3-9]|2[01])");
    versions &=
        sets.size() == 1 || sets.size() == 2 && sets.get(1).equals(OnnxWriter.RUNTIME + " 1");
    if (!versions) {
      throw new UnreadableFileException(
          path,
          "an ONNX model of standard operators, opset 13 to 21",
          "IR version %d, opsets %s"
              .formatted(model.getIrVersion(), sets.stream().map(String::strip).toList()));
    }
    if (!Sealed.whole(model)) {
      throw new UnreadableFileException(
          path, "the content that was written", "content that was changed since");
    }
    if (model.getFunctionsCount() > 0 || model.getTrainingInfoCount() > 0) {
      throw new UnreadableFileException(path, "a graph alone", "functions beside it");
    }
    new OnnxReader(path, model.getGraph()).check();
  }

  private void check() {
    if (graph.getInputCount() != 1 || graph.getOutputCount() != 1 || graph.getNodeCount() == 0) {
      throw new UnreadableFileException(
          path,
          "a graph of one input and one output",
          "%d inputs, %d outputs, %d operators"
              .formatted(graph.getInputCount(), graph.getOutputCount(), graph.getNodeCount()));
    }
    if (graph.getSparseInitializerCount() > 0 || graph.getQuantizationAnnotationCount() > 0) {
      throw new UnreadableFileException(path, "dense constants", "sparse ones or annotations");
    }
    checkValue("input", graph.getInput(0));
    values.add(graph.getInput(0).getName());
    graph.getInitializerList().forEach(this::checkConstant);
    graph.getNodeList().forEach(this::checkNode);
    checkValue("output", graph.getOutput(0));
    if (!values.contains(graph.getOutput(0).getName())) {
      throw new UnreadableFileException(
          path,
          "an operator that gives the output " + graph.getOutput(0).getName(),
          "none of that name");
    }
  }

  private void checkValue(String what, ValueInfoProto value) {
    TensorShapeProto shape = value.getType().getTensorType().getShape();
    boolean sound =
        !value.getName().isEmpty()
            && value.getType().hasTensorType()
            && value.getType().getTensorType().getElemType() == NumberType.FLOAT.code()
            && shape.getDimCount() >= 2
            && shape.getDimCount() <= 6
            && shape.getDim(0).getDimValue() == 0;
    long numbers = 1;
    for (int axis = 1; axis < shape.getDimCount() && sound; axis++) {
      long size = shape.getDim(axis).getDimValue();
      sound = size >= 1 && size <= MOST_NUMBERS / numbers;
      numbers *= size;
    }
    if (!sound) {
      throw new UnreadableFileException(
          path,
          "an %s of float32 whose first axis is the batch".formatted(what),
          "'%s' of another kind".formatted(value.getName()));
    }
  }

  private void checkConstant(TensorProto constant) {
    Optional<NumberType> type = NumberType.ofCode(constant.getDataType());
    long numbers = 1;
    boolean sound =
        type.isPresent() && values.add(constant.getName()) && !constant.getName().isEmpty();
    for (long size : constant.getDimsList()) {
      sound &= size >= 1 && size <= MOST_NUMBERS / numbers;
      numbers = sound ? numbers * size : 1;
    }
    sound &= constant.getDataLocation() == TensorProto.DataLocation.DEFAULT;
    sound &= constant.getExternalDataCount() == 0 && constant.getFloatDataCount() == 0;
    sound &= constant.getInt32DataCount() == 0 && constant.getInt64DataCount() == 0;
    if (!sound || constant.getRawData().size() != type.orElseThrow().bytes(numbers)) {
      throw new UnreadableFileException(
          path,
          "a constant '%s' of a number type, with as many bytes as its shape %s needs"
              .formatted(constant.getName(), constant.getDimsList()),
          "type %d and %,d bytes".formatted(constant.getDataType(), constant.getRawData().size()));
    }
  }

  private void checkNode(NodeProto node) {
    String name = "%s '%s'".formatted(node.getOpType(), node.getName());
    Optional<String> fault = OperatorRule.fault(node);
    if (fault.isPresent()) {
      throw new UnreadableFileException(
          path,
          "an operator as Kerf writes it",
          name + " with " + fault.get(),
          "copy the file again; run files of other origin with ai.onnxruntime");
    }
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      boolean left = input.isEmpty() && OperatorRule.optional(node, i);
      if (!left && !values.contains(input)) {
        throw new UnreadableFileException(
            path,
            "values that are there before they are read",
            "%s reading '%s'".formatted(name, input));
      }
    }
    for (String output : node.getOutputList()) {
      if (output.isEmpty() || !values.add(output)) {
        throw new UnreadableFileException(
            path, "a name of its own for every value", "%s giving '%s'".formatted(name, output));
      }
    }
  }
}
