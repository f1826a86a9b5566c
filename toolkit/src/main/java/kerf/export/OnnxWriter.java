package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Builds one ONNX model: constants, operators, inputs and outputs. */
final class OnnxWriter {
  /** The domain of ONNX Runtime's own operators. */
  static final String RUNTIME = "com.microsoft";

  private static final int OPSET = 17;
  private static final int IR = 8;
  private static final int RECENT_OPSET = 21;
  private static final int RECENT_IR = 10;

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();
  private boolean recent;
  private boolean extended;

  /** An attribute of whole numbers. */
  static AttributeProto attribute(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  /** An attribute of one whole number. */
  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute of one float. */
  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** An attribute of text. */
  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** Adds floats; no shape for a scalar. */
  String constant(String name, float[] values, long... shape) {
    return constant(name, NumberType.FLOAT, NumberType.pack(values), shape);
  }

  /** Adds integers, or the bits of short floats; no shape for a scalar. */
  String constant(String name, NumberType type, int[] values, long... shape) {
    return constant(name, type, type.pack(values), shape);
  }

  /** Adds a list of whole numbers, such as a shape. */
  String longs(String name, long... values) {
    int[] integers = LongStream.of(values).mapToInt(Math::toIntExact).toArray();
    return constant(name, NumberType.INT64, integers, values.length);
  }

  private String constant(String name, NumberType type, byte[] bytes, long... shape) {
    if (names.add(name)) {
      recent |= type.recent();
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(type.code())
              .addAllDims(LongStream.of(shape).boxed().toList())
              .setRawData(ByteString.copyFrom(bytes)));
    }
    return name;
  }

  /** Adds an operator of one output, and gives the output's name. */
  String add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    if (!names.add(output)) {
      return output;
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  /** Adds an operator of ONNX Runtime's own, where the standard has none. */
  String extended(
      String operator, String output, List<String> inputs, AttributeProto... attributes) {
    extended = true;
    add(operator, output, inputs, attributes);
    graph.getNodeBuilder(graph.getNodeCount() - 1).setDomain(RUNTIME);
    return output;
  }

  /** Adds an operator of several outputs. */
  void add(String operator, List<String> inputs, List<String> outputs) {
    names.addAll(outputs);
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(outputs.get(0))
            .addAllInput(inputs)
            .addAllOutput(outputs));
  }

  /** Whether something of that name is written. */
  boolean has(String name) {
    return names.contains(name);
  }

  void input(String name, long... sample) {
    names.add(name);
    graph.addInput(value(name, NumberType.FLOAT, sample));
  }

  void output(String name, NumberType type, long... sample) {
    graph.addOutput(value(name, type, sample));
  }

  private static ValueInfoProto value(String name, NumberType type, long... sample) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (long size : sample) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(shape)))
        .build();
  }

  /** Leaves out what neither an operator nor an output reads. */
  private void leaveOutUnread() {
    Set<String> read = new HashSet<>();
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(nodes.get(i).getInputList());
      } else {
        nodes.remove(i);
      }
    }
    List<TensorProto> constants =
        graph.getInitializerList().stream().filter(each -> read.contains(each.getName())).toList();
    graph.clearNode().addAllNode(nodes).clearInitializer().addAllInitializer(constants);
  }

  /** The model, of the oldest version that has all types in it. */
  ModelProto model(String name) {
    leaveOutUnread();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(recent ? RECENT_IR : IR)
            .setProducerName("kerf")
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setVersion(recent ? RECENT_OPSET : OPSET))
            .setGraph(graph.setName(name));
    if (extended) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(RUNTIME).setVersion(1));
    }
    return model.build();
  }
}
