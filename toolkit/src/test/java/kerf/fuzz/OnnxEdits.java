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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Edits the structure of ONNX files: nodes, attributes, constants, shapes, types, versions. */
public final class OnnxEdits {
  static final long[] NUMBERS = {
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
  static final float[] SCALES = {
    0, -1, 1, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1e-20f
  };
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
  private final OnnxConstantEdits constants;

  private OnnxEdits(ModelProto.Builder model, RandomStream random) {
    this.model = model;
    this.graph = model.getGraphBuilder();
    this.random = random;
    this.constants = new OnnxConstantEdits(graph, random);
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
      case 3, 4 -> constants.shape();
      case 5 -> constants.type();
      case 6, 7 -> constants.integers();
      case 8 -> constants.scales();
      case 9 -> constants.storage();
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
      long before = OnnxConstantEdits.volume(constant);
      for (int i = 0; i < constant.getDimsCount(); i++) {
        constant.setDims(i, constant.getDims(i) == from ? to : constant.getDims(i));
      }
      if (OnnxConstantEdits.volume(constant) != before) {
        OnnxConstantEdits.filled(constant, before);
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
