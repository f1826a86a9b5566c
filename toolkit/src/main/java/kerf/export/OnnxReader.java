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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.storage.InputFile;
import kerf.storage.UnreadableFileException;

/**
 * Reads and checks ONNX files. ONNX Runtime is native code that trusts what it loads, so nothing
 * reaches it before every part of the file is what Kerf would write.
 */
final class OnnxReader {
  /** The most numbers in one value, for one input. */
  static final long MOST_NUMBERS = 1L << 28;

  /** The most products for one input: what takes a minute on one core, and twice a VGG-19's. */
  private static final long MOST_WORK = 1L << 35;

  private static final int RECENT_OPSET = 21;
  private static final int BATCH = 250;

  private static final String OTHER_ORIGIN =
      "copy the file again; run files of other origin with ai.onnxruntime";
  private static final String MORE_MEMORY = "start Java with more memory, such as -Xmx4g";

  private final Path path;
  private final GraphProto graph;
  private final boolean recent;
  private final Map<String, GraphValue> values = new LinkedHashMap<>();
  private long bytes;
  private long work;

  private OnnxReader(Path path, ModelProto model) {
    this.path = path;
    this.graph = model.getGraph();
    this.recent = model.getOpsetImport(0).getVersion() >= RECENT_OPSET;
  }

  /** How much memory ONNX Runtime may take; it is outside the heap, whose size stands for it. */
  private static long memory() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  static OnnxFile read(Path path) {
    try {
      // Bytes, model, and the copies that are digested and handed to ONNX Runtime.
      long most = memory() / 2;
      if (Files.exists(path) && InputFile.length(path) > most) {
        throw new UnreadableFileException(
            path,
            "a file of at most %,d bytes, an eighth of the memory Java has".formatted(most),
            "%,d bytes".formatted(Files.size(path)),
            MORE_MEMORY);
      }
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
    OnnxReader reader = check(path, model);
    reader.checkOutput();
    // Inputs go into one buffer of less than 2 GiB, too.
    long batch = Math.min(memory(), Integer.MAX_VALUE) / reader.bytes;
    return new OnnxFile(path, content, model, (int) Math.max(1, Math.min(BATCH, batch)));
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

  /** All values of a model by name, with the types and shapes that follow from its input. */
  static Map<String, GraphValue> values(Path path, ModelProto model) {
    return Collections.unmodifiableMap(check(path, model).values);
  }

  private static OnnxReader check(Path path, ModelProto model) {
    PlainMessage.fault(model)
        .ifPresent(
            fault -> {
              throw new UnreadableFileException(
                  path, "fields that Kerf knows, names in UTF-8", fault, OTHER_ORIGIN);
            });
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
    if (sets.size() == 1
        && model.getGraph().getNodeList().stream()
            .anyMatch(node -> node.getDomain().equals(OnnxWriter.RUNTIME))) {
      throw new UnreadableFileException(
          path, "an opset for each domain", "operators of " + OnnxWriter.RUNTIME + " without one");
    }
    OnnxReader reader = new OnnxReader(path, model);
    reader.check();
    return reader;
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
    if (graph.getValueInfoCount() > 0) {
      throw new UnreadableFileException(
          path,
          "shapes of input and output alone",
          "%d others".formatted(graph.getValueInfoCount()),
          OTHER_ORIGIN);
    }
    GraphValue input = declared("input", graph.getInput(0));
    count(graph.getInput(0).getName(), input);
    values.put(graph.getInput(0).getName(), input);
    graph.getInitializerList().forEach(this::checkConstant);
    graph.getNodeList().forEach(this::checkNode);
  }

  private void checkOutput() {
    GraphValue declared = declared("output", graph.getOutput(0));
    GraphValue given = values.get(graph.getOutput(0).getName());
    if (given == null) {
      throw new UnreadableFileException(
          path,
          "an operator that gives the output " + graph.getOutput(0).getName(),
          "none of that name");
    }
    if (given.type() != NumberType.FLOAT || !given.shape().equals(declared.shape())) {
      throw new UnreadableFileException(
          path,
          "the output '%s' of %s".formatted(graph.getOutput(0).getName(), declared),
          "" + given);
    }
  }

  private GraphValue declared(String what, ValueInfoProto value) {
    TensorShapeProto shape = value.getType().getTensorType().getShape();
    boolean sound =
        !value.getName().isEmpty()
            && value.getType().hasTensorType()
            && value.getType().getTensorType().getElemType() == NumberType.FLOAT.code()
            && shape.getDimCount() >= 2
            && shape.getDimCount() <= 6
            && !shape.getDim(0).hasDimValue();
    List<Extent> axes = new ArrayList<>(List.of(Extent.inputs(1)));
    for (int axis = 1; axis < shape.getDimCount() && sound; axis++) {
      long size = shape.getDim(axis).getDimValue();
      sound = size >= 1 && size <= MOST_NUMBERS / Extent.volume(axes);
      axes.add(Extent.of(Math.max(1, size)));
    }
    if (!sound) {
      throw new UnreadableFileException(
          path,
          "an %s of float32 whose first axis is the batch".formatted(what),
          "'%s' of another kind".formatted(value.getName()));
    }
    return GraphValue.of(NumberType.FLOAT, axes);
  }

  private void checkConstant(TensorProto constant) {
    Optional<NumberType> type = NumberType.ofCode(constant.getDataType());
    long numbers = 1;
    boolean sound =
        type.isPresent()
            && !values.containsKey(constant.getName())
            && !constant.getName().isEmpty()
            && constant.getDimsCount() <= NodeShapes.MOST_AXES;
    for (long size : constant.getDimsList()) {
      sound &= size >= 1 && size <= MOST_NUMBERS / numbers;
      numbers = sound ? numbers * size : 1;
    }
    sound &= constant.getDataLocation() == TensorProto.DataLocation.DEFAULT;
    sound &= constant.getExternalDataCount() == 0 && constant.getFloatDataCount() == 0;
    sound &= constant.getInt32DataCount() == 0 && constant.getInt64DataCount() == 0;
    sound &= constant.getDoubleDataCount() == 0 && constant.getUint64DataCount() == 0;
    sound &= constant.getStringDataCount() == 0 && !constant.hasSegment();
    if (!sound || constant.getRawData().size() != type.orElseThrow().bytes(numbers)) {
      throw new UnreadableFileException(
          path,
          "a constant '%s' of a number type, with as many bytes as its shape %s needs"
              .formatted(constant.getName(), constant.getDimsList()),
          "type %d and %,d bytes".formatted(constant.getDataType(), constant.getRawData().size()));
    }
    if (type.get().recent() && !recent) {
      throw new UnreadableFileException(
          path,
          "opset %d for '%s' of %s".formatted(RECENT_OPSET, constant.getName(), type.get()),
          "an earlier one");
    }
    GraphValue value = GraphValue.of(type.get(), constant);
    count(constant.getName(), value);
    values.put(constant.getName(), value);
  }

  private void checkNode(NodeProto node) {
    String name = "%s '%s'".formatted(node.getOpType(), node.getName());
    Optional<String> fault = OperatorRule.fault(node);
    if (fault.isPresent()) {
      throw new UnreadableFileException(
          path, "an operator as Kerf writes it", name + " with " + fault.get(), OTHER_ORIGIN);
    }
    List<Optional<GraphValue>> inputs = new ArrayList<>();
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      boolean left = input.isEmpty() && OperatorRule.optional(node, i);
      if (!left && !values.containsKey(input)) {
        throw new UnreadableFileException(
            path,
            "values that are there before they are read",
            "%s reading '%s'".formatted(name, input));
      }
      inputs.add(Optional.ofNullable(left ? null : values.get(input)));
    }
    NodeShapes shapes = new NodeShapes(node, inputs);
    List<GraphValue> outputs;
    try {
      outputs = OperatorRule.outputs(node, shapes);
    } catch (NodeShapes.Fault e) {
      throw new UnreadableFileException(
          path, "%s with %s".formatted(name, e.expected()), e.found());
    }
    for (int i = 0; i < outputs.size(); i++) {
      String output = node.getOutput(i);
      count(output, outputs.get(i));
      if (output.isEmpty() || values.put(output, outputs.get(i)) != null) {
        throw new UnreadableFileException(
            path, "a name of its own for every value", "%s giving '%s'".formatted(name, output));
      }
    }
    count(name, shapes);
  }

  /** Adds a value to what is needed at once, as none is sure to be freed before the end. */
  private void count(String name, GraphValue value) {
    long batches = value.shape().stream().filter(Extent::batch).count();
    if (value.rank() > NodeShapes.MOST_AXES || batches > 1 || value.numbers() > MOST_NUMBERS) {
      throw new UnreadableFileException(
          path,
          "a value '%s' of at most %d axes and %,d numbers for one input, one axis the batch"
              .formatted(name, NodeShapes.MOST_AXES, MOST_NUMBERS),
          value.toString());
    }
    require(name, value.type().bytes(value.numbers()));
  }

  private void count(String name, NodeShapes shapes) {
    require(name, Extent.product(Float.BYTES, shapes.scratch()));
    work += Math.min(MOST_WORK + 1, shapes.work());
    if (work > MOST_WORK) {
      throw new UnreadableFileException(
          path,
          "at most %,d products for one input".formatted(MOST_WORK),
          "more, up to " + name,
          OTHER_ORIGIN);
    }
  }

  private void require(String name, long more) {
    bytes += Math.min(memory() + 1, more);
    if (bytes > memory()) {
      throw new UnreadableFileException(
          path,
          "at most %,d bytes for one input, a quarter of the memory Java has".formatted(memory()),
          "more, up to " + name,
          MORE_MEMORY);
    }
  }
}
