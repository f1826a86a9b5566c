package kerf.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Edits the structure of ONNX files: nodes, attributes, constants, shapes, types, versions. */
public final class OnnxEdits {
  private static final long[] NUMBERS = {
    -1,
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    16,
    64,
    65,
    66,
    100,
    255,
    1000,
    4096,
    65536,
    1 << 20,
    1 << 28,
    Integer.MAX_VALUE,
    1L << 32,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -2,
    -8
  };
  private static final float[] SCALES = {
    0, -1, 1, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1e-20f
  };
  private static final int[] TYPES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 21, 22, 0};
  private static final String[] UNARY =
      ("Relu Selu Sigmoid Tanh Softplus Softsign Erf GlobalAveragePool GlobalMaxPool Softmax"
              + " LogSoftmax Flatten LeakyRelu Elu DynamicQuantizeLinear Identity")
          .split(" ");
  private static final String[] OTHERS =
      ("Add Sub Mul Div Reshape Unsqueeze Conv MaxPool AveragePool Gemm BatchNormalization LSTM"
              + " DynamicQuantizeLSTM Clip Transpose Concat Gather OneHot Slice Cast QuantizeLinear"
              + " DequantizeLinear MatMulInteger MatMul Loop")
          .split(" ");

  private final GraphProto.Builder graph;
  private final ModelProto.Builder model;
  private final RandomStream random;

  private OnnxEdits(ModelProto.Builder model, RandomStream random) {
    this.model = model;
    this.graph = model.getGraphBuilder();
    this.random = random;
  }

  /** One edit; a digest is taken out. */
  public static Optional<Edited> edit(byte[] bytes, RandomStream random) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder().clearMetadataProps();
      GraphProto graph = model.getGraph();
      boolean whole =
          model.getOpsetImportCount() > 0
              && graph.getInputCount() > 0
              && graph.getOutputCount() > 0
              && graph.getInitializerCount() > 0
              && graph.getNodeCount() > 0
              && graph.getNodeList().stream()
                  .allMatch(node -> node.getInputCount() > 0 && node.getOutputCount() > 0);
      if (!whole) {
        return Optional.empty();
      }
      String done = new OnnxEdits(model, random).edit();
      return Optional.of(new Edited(done, model.build().toByteArray(), true));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private String edit() {
    return switch (random.nextInt(22)) {
      case 0, 1, 2 -> attribute();
      case 3, 4 -> shape();
      case 5 -> type();
      case 6, 7 -> integers();
      case 8 -> scales();
      case 9 -> storage();
      case 10, 11, 12 -> input();
      case 13 -> node();
      case 14 -> operator();
      case 15, 16 -> inserted();
      case 17 -> version();
      case 18 -> value();
      case 19 -> name();
      case 20 -> extra();
      default -> lengths();
    };
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private long number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private NodeProto.Builder anyNode() {
    return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private TensorProto.Builder anyConstant() {
    return graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
  }

  private String attribute() {
    NodeProto.Builder node = anyNode();
    if (node.getAttributeCount() == 0) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName(any(List.of("axis", "to", "alpha", "pads", "group", "auto_pad")))
              .setType(AttributeProto.AttributeType.INT)
              .setI(number()));
      return "an attribute for " + node.getName();
    }
    int at = random.nextInt(node.getAttributeCount());
    AttributeProto.Builder attribute = node.getAttributeBuilder(at);
    String what = "attribute %s of %s".formatted(attribute.getName(), node.getName());
    switch (random.nextInt(6)) {
      case 0 -> node.removeAttribute(at);
      case 1 -> attribute.setType(any(List.of(AttributeProto.AttributeType.values())));
      case 2 -> attribute.addInts(number());
      default -> {
        if (attribute.getIntsCount() > 0) {
          attribute.setInts(random.nextInt(attribute.getIntsCount()), number());
        } else if (attribute.hasF()) {
          attribute.setF(SCALES[random.nextInt(SCALES.length)]);
        } else if (attribute.hasS()) {
          attribute.setS(ByteString.copyFromUtf8(any(List.of("reverse", "bidirectional", ""))));
        } else {
          attribute.setI(number());
        }
      }
    }
    return what;
  }

  /** Changes an axis of a constant, with as many bytes as it then needs or without. */
  private String shape() {
    TensorProto.Builder constant = anyConstant();
    long before = volume(constant);
    int axes = constant.getDimsCount();
    switch (random.nextInt(5)) {
      case 0 -> constant.addDims(random.nextInt(2) == 0 ? 1 : number());
      case 1 -> {
        if (axes > 0) {
          List<Long> rest = new ArrayList<>(constant.getDimsList()).subList(1, axes);
          constant.clearDims().addAllDims(rest);
        }
      }
      case 2 -> {
        if (axes > 1) {
          long first = constant.getDims(0);
          constant.setDims(0, constant.getDims(1)).setDims(1, first);
        }
      }
      default -> {
        if (axes > 0) {
          constant.setDims(random.nextInt(axes), number());
        }
      }
    }
    if (random.nextInt(4) > 0) {
      filled(constant, before);
    }
    return "shape %s of %s".formatted(constant.getDimsList(), constant.getName());
  }

  private static long volume(TensorProto.Builder constant) {
    return constant.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Repeats a constant's bytes for its shape, if that is no more than a megabyte. */
  private static void filled(TensorProto.Builder constant, long before) {
    ByteString bytes = constant.getRawData();
    long after = volume(constant);
    if (before < 1 || after < 1 || after > 1 << 18 || bytes.isEmpty()) {
      return;
    }
    int length = (int) Math.min(1 << 20, Math.max(1, bytes.size() * after / before));
    byte[] all = new byte[length];
    for (int i = 0; i < length; i++) {
      all[i] = bytes.byteAt(i % bytes.size());
    }
    constant.setRawData(ByteString.copyFrom(all));
  }

  private String type() {
    TensorProto.Builder constant = anyConstant();
    int from = bits(constant.getDataType());
    constant.setDataType(TYPES[random.nextInt(TYPES.length)]);
    if (random.nextInt(4) > 0) {
      long length = (volume(constant) * bits(constant.getDataType()) + 7) / 8;
      byte[] all = new byte[(int) Math.max(0, Math.min(1 << 20, length))];
      for (int i = 0; i < all.length && !constant.getRawData().isEmpty(); i++) {
        all[i] = constant.getRawData().byteAt(i % constant.getRawData().size());
      }
      constant.setRawData(ByteString.copyFrom(all));
    }
    return "%s from %d bits to type %d".formatted(constant.getName(), from, constant.getDataType());
  }

  private static int bits(int type) {
    return switch (type) {
      case 1, 6, 12 -> 32;
      case 7, 11, 13 -> 64;
      case 4, 5, 10, 16 -> 16;
      case 21, 22 -> 4;
      default -> 8;
    };
  }

  /** Changes a number of a list such as a shape, or of any integers. */
  private String integers() {
    List<TensorProto.Builder> lists =
        graph.getInitializerBuilderList().stream()
            .filter(each -> each.getDataType() == 7 && each.getRawData().size() >= 8)
            .toList();
    if (lists.isEmpty()) {
      return scales();
    }
    TensorProto.Builder list = any(lists);
    byte[] bytes = list.getRawData().toByteArray();
    int at = random.nextInt(bytes.length / 8);
    long number = number();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at * 8, number);
    list.setRawData(ByteString.copyFrom(bytes));
    return "%d in %s".formatted(number, list.getName());
  }

  private String scales() {
    TensorProto.Builder constant = anyConstant();
    byte[] bytes = constant.getRawData().toByteArray();
    if (bytes.length >= 4) {
      float scale = SCALES[random.nextInt(SCALES.length)];
      int at = random.nextInt(bytes.length / 4);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at * 4, scale);
    } else if (bytes.length > 0) {
      bytes[0] = (byte) random.nextInt(256);
    }
    constant.setRawData(ByteString.copyFrom(bytes));
    return "a number of " + constant.getName();
  }

  private String storage() {
    TensorProto.Builder constant = anyConstant();
    switch (random.nextInt(5)) {
      case 0 -> constant.clearRawData().addFloatData(1).addFloatData(2);
      case 1 -> constant.addInt32Data((int) number());
      case 2 -> constant.clearRawData().addInt64Data(number());
      case 3 -> constant.clearRawData();
      default -> {
        constant.setDataLocation(TensorProto.DataLocation.EXTERNAL).clearRawData();
        constant.addExternalDataBuilder().setKey("location").setValue("/etc/passwd");
      }
    }
    return "storage of " + constant.getName();
  }

  /** All values by name. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    graph.getInputList().forEach(each -> names.add(each.getName()));
    graph.getInitializerList().forEach(each -> names.add(each.getName()));
    graph.getNodeList().forEach(each -> names.addAll(each.getOutputList()));
    return names;
  }

  private String input() {
    NodeProto.Builder node = anyNode();
    NodeProto.Builder other = anyNode();
    int count = node.getInputCount();
    switch (random.nextInt(6)) {
      case 0 -> {
        if (count > 1) {
          String first = node.getInput(0);
          node.setInput(0, node.getInput(count - 1)).setInput(count - 1, first);
        }
      }
      case 1 -> {
        if (count > 0 && other.getInputCount() > 0) {
          int own = random.nextInt(count);
          int theirs = random.nextInt(other.getInputCount());
          String name = node.getInput(own);
          node.setInput(own, other.getInput(theirs));
          other.setInput(theirs, name);
        }
      }
      case 2 -> node.addInput(any(names()));
      case 3 -> {
        List<String> fewer = new ArrayList<>(node.getInputList());
        if (!fewer.isEmpty()) {
          fewer.remove(random.nextInt(count));
        }
        node.clearInput().addAllInput(fewer);
      }
      default -> {
        if (count > 0) {
          String name = random.nextInt(8) == 0 ? "" : any(names());
          node.setInput(random.nextInt(count), name);
        }
      }
    }
    return "inputs of %s: %s".formatted(node.getName(), node.getInputList());
  }

  private String node() {
    int at = random.nextInt(graph.getNodeCount());
    NodeProto node = graph.getNode(at);
    switch (random.nextInt(3)) {
      case 0 -> {
        graph.removeNode(at);
        graph
            .getNodeBuilderList()
            .forEach(other -> renamed(other, node.getOutput(0), node.getInput(0)));
      }
      case 1 -> graph.addNode(at, node);
      default -> {
        int other = random.nextInt(graph.getNodeCount());
        graph.setNode(at, graph.getNode(other)).setNode(other, node);
      }
    }
    return "node " + node.getName();
  }

  private static void renamed(NodeProto.Builder node, String from, String to) {
    for (int i = 0; i < node.getInputCount(); i++) {
      if (node.getInput(i).equals(from)) {
        node.setInput(i, to);
      }
    }
  }

  private String operator() {
    NodeProto.Builder node = anyNode();
    String[] among = random.nextInt(3) > 0 && node.getInputCount() == 1 ? UNARY : OTHERS;
    node.setOpType(among[random.nextInt(among.length)]);
    if (random.nextInt(2) == 0) {
      node.clearAttribute();
    }
    return node.getName() + " as " + node.getOpType();
  }

  /** Puts an operator of one input, or a copy of another node, behind a node. */
  private String inserted() {
    int at = random.nextInt(graph.getNodeCount());
    NodeProto.Builder source = graph.getNodeBuilder(at);
    String from = source.getOutput(0);
    String to = from + "'";
    NodeProto.Builder node =
        random.nextInt(2) == 0
            ? NodeProto.newBuilder().setOpType(UNARY[random.nextInt(UNARY.length)]).addInput(from)
            : anyNode().build().toBuilder().setInput(0, from);
    node.clearOutput().setName(to).addOutput(to);
    for (int i = at + 1; i < graph.getNodeCount(); i++) {
      renamed(graph.getNodeBuilder(i), from, to);
    }
    graph.addNode(at + 1, node);
    graph
        .getOutputBuilderList()
        .forEach(output -> output.setName(output.getName().equals(from) ? to : output.getName()));
    return "%s behind %s".formatted(node.getOpType(), from);
  }

  private String version() {
    switch (random.nextInt(4)) {
      case 0 -> model.setIrVersion(random.nextInt(14));
      case 1 -> model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
      default -> model.getOpsetImportBuilder(0).setVersion(8 + random.nextInt(18));
    }
    return "version %d, %d".formatted(model.getIrVersion(), model.getOpsetImport(0).getVersion());
  }

  private String value() {
    boolean input = random.nextInt(3) > 0 && graph.getInputCount() > 0;
    if (!input && graph.getOutputCount() == 0) {
      return "nothing";
    }
    ValueInfoProto.Builder value = input ? graph.getInputBuilder(0) : graph.getOutputBuilder(0);
    TensorShapeProto.Builder shape =
        value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    switch (random.nextInt(5)) {
      case 0 -> shape.addDimBuilder().setDimValue(1 + random.nextInt(4));
      case 1 -> value.getTypeBuilder().getTensorTypeBuilder().setElemType(random.nextInt(24));
      case 2 -> {
        if (shape.getDimCount() > 1) {
          shape.removeDim(shape.getDimCount() - 1);
        }
      }
      default -> {
        if (shape.getDimCount() > 0) {
          shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(number());
        }
      }
    }
    return "shape of " + value.getName();
  }

  private String name() {
    String name = any(List.of("", "input", "\u0000", "a/b", "N", graph.getName()));
    if (random.nextInt(2) == 0) {
      anyConstant().setName(name);
    } else {
      NodeProto.Builder node = anyNode();
      node.setName(name).setOutput(0, random.nextInt(2) == 0 ? name : node.getOutput(0));
    }
    return "name '%s'".formatted(name);
  }

  private String extra() {
    switch (random.nextInt(5)) {
      case 0 -> graph.addValueInfo(graph.getOutput(0).toBuilder().setName(any(names())));
      case 1 -> graph.addInput(graph.getOutput(0).toBuilder().setName(any(names())));
      case 2 -> graph.addOutput(graph.getOutput(0).toBuilder().setName(any(names())));
      case 3 -> model.addFunctionsBuilder().setName("Relu");
      default -> anyNode().addAttributeBuilder().setName("body").setG(graph.build());
    }
    return "more of the model";
  }

  /** Gives all axes of one length another, in weights, input, output and attributes. */
  private String lengths() {
    List<Long> all = new ArrayList<>();
    graph.getInitializerList().forEach(each -> all.addAll(each.getDimsList()));
    if (all.isEmpty()) {
      return "nothing";
    }
    long from = any(all);
    long to = 1 + random.nextInt(70);
    for (TensorProto.Builder constant : graph.getInitializerBuilderList()) {
      long before = volume(constant);
      for (int i = 0; i < constant.getDimsCount(); i++) {
        constant.setDims(i, constant.getDims(i) == from ? to : constant.getDims(i));
      }
      if (volume(constant) != before) {
        filled(constant, before);
      }
    }
    List<ValueInfoProto.Builder> ends = new ArrayList<>(graph.getInputBuilderList());
    ends.addAll(graph.getOutputBuilderList());
    for (ValueInfoProto.Builder end : ends) {
      for (TensorShapeProto.Dimension.Builder axis :
          end.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
        if (axis.getDimValue() == from) {
          axis.setDimValue(to);
        }
      }
    }
    return "lengths of %d to %d".formatted(from, to);
  }
}
