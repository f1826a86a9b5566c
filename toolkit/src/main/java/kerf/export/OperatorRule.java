package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator of a file may look like, and what it does to types and shapes.
 *
 * @param least how few inputs it takes
 * @param most how many
 * @param outputs how many it gives at least
 * @param attributes the names of its attributes
 * @param shapes what its outputs are
 */
record OperatorRule(int least, int most, int outputs, Set<String> attributes, Inference shapes) {
  /** ONNX Runtime's own operator. */
  private static final String LSTM = "DynamicQuantizeLSTM";

  /** Greater than any kernel, stride or padding in earnest, and harmless to a runtime. */
  private static final long MOST = 1 << 12;

  /** The longest state of an LSTM whose weights could be in a file. */
  static final long MOST_STATE = 1 << 14;

  private static final Map<String, OperatorRule> RULES = rules();

  /** What the outputs of a node are, of what its inputs are. */
  @FunctionalInterface
  interface Inference {
    /**
     * Finds types and shapes.
     *
     * @throws NodeShapes.Fault if the inputs do not fit the operator or each other
     */
    List<GraphValue> outputs(NodeShapes node);
  }

  private static Map<String, OperatorRule> rules() {
    Map<String, OperatorRule> rules = new HashMap<>();
    for (String one : "Relu Selu Sigmoid Tanh Softplus Softsign Erf".split(" ")) {
      rules.put(one, rule(1, ArrayShapes::same));
    }
    for (String two : "Add Sub Mul Div".split(" ")) {
      rules.put(two, rule(2, ArrayShapes::broadcast));
    }
    rules.put("LeakyRelu", rule(1, ArrayShapes::same, "alpha"));
    rules.put("Elu", rule(1, ArrayShapes::same, "alpha"));
    rules.put("Softmax", rule(1, ArrayShapes::softmax, "axis"));
    rules.put("LogSoftmax", rule(1, ArrayShapes::softmax, "axis"));
    rules.put("Clip", rule(2, 3, ArrayShapes::clip));
    rules.put("Reshape", rule(2, ArrayShapes::reshape));
    rules.put("Flatten", rule(1, ArrayShapes::flatten, "axis"));
    rules.put("Unsqueeze", rule(2, ArrayShapes::unsqueeze));
    rules.put("Transpose", rule(1, ArrayShapes::transpose, "perm"));
    rules.put("Concat", rule(1, 1024, ArrayShapes::concat, "axis"));
    rules.put("Gather", rule(2, ArrayShapes::gather, "axis"));
    rules.put("OneHot", rule(3, ArrayShapes::oneHot, "axis"));
    rules.put("Slice", rule(4, ArrayShapes::slice));
    rules.put("Cast", rule(1, ArrayShapes::cast, "to"));
    String[] window = {"kernel_shape", "strides", "pads"};
    rules.put("MaxPool", rule(1, LayerShapes::pooling, window));
    rules.put("AveragePool", rule(1, LayerShapes::pooling, with("count_include_pad", window)));
    rules.put("GlobalMaxPool", rule(1, LayerShapes::globalPooling));
    rules.put("GlobalAveragePool", rule(1, LayerShapes::globalPooling));
    rules.put(
        "Conv", rule(2, 3, LayerShapes::convolution, with("group", with("dilations", window))));
    rules.put("Gemm", rule(2, 3, LayerShapes::gemm, "transB"));
    rules.put("BatchNormalization", rule(5, LayerShapes::batchNorm, "epsilon"));
    rules.put("LSTM", rule(3, 4, LayerShapes::lstm, "hidden_size", "direction"));
    rules.put(LSTM, rule(12, LayerShapes::dynamicLstm, "hidden_size", "direction"));
    rules.put("QuantizeLinear", rule(3, GridShapes::quantize));
    rules.put("DequantizeLinear", rule(2, 3, GridShapes::dequantize, "axis"));
    rules.put("DynamicQuantizeLinear", new OperatorRule(1, 1, 3, Set.of(), GridShapes::dynamic));
    rules.put("MatMulInteger", rule(4, GridShapes::matMul));
    return rules;
  }

  private static OperatorRule rule(int inputs, Inference shapes, String... attributes) {
    return rule(inputs, inputs, shapes, attributes);
  }

  private static OperatorRule rule(int least, int most, Inference shapes, String... attributes) {
    return new OperatorRule(least, most, 1, Set.of(attributes), shapes);
  }

  private static String[] with(String more, String... attributes) {
    String[] all = Arrays.copyOf(attributes, attributes.length + 1);
    all[attributes.length] = more;
    return all;
  }

  /** The operators that are known. */
  static Set<String> operators() {
    return RULES.keySet();
  }

  /** What a node of which {@link #fault} finds none gives. */
  static List<GraphValue> outputs(NodeProto node, NodeShapes shapes) {
    return RULES.get(node.getOpType()).shapes.outputs(shapes);
  }

  private String domain(String operator) {
    return operator.equals(LSTM) ? OnnxWriter.RUNTIME : "";
  }

  /** Whether an operator may do without an input, as a clip without one of its bounds. */
  static boolean optional(NodeProto node, int input) {
    return switch (node.getOpType()) {
      case "Clip" -> input > 0;
      case LSTM -> input >= 3 && input <= 7;
      default -> false;
    };
  }

  /** What is wrong with a node by itself, if anything. */
  static Optional<String> fault(NodeProto node) {
    OperatorRule rule = RULES.get(node.getOpType());
    if (rule == null || !node.getDomain().equals(rule.domain(node.getOpType()))) {
      return Optional.of("an operator that Kerf does not write");
    }
    int inputs = node.getInputCount();
    if (inputs < rule.least || inputs > rule.most || node.getOutputCount() != rule.outputs) {
      return Optional.of("%d inputs, %d outputs".formatted(inputs, node.getOutputCount()));
    }
    Set<String> seen = new HashSet<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!rule.attributes.contains(attribute.getName()) || !seen.add(attribute.getName())) {
        return Optional.of("an attribute '%s'".formatted(attribute.getName()));
      }
      if (!sound(attribute) || !plain(attribute)) {
        return Optional.of("an attribute %s of no use".formatted(attribute.getName()));
      }
    }
    return Optional.empty();
  }

  private static boolean sound(AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "alpha", "epsilon" ->
          attribute.getType() == AttributeProto.AttributeType.FLOAT
              && Float.isFinite(attribute.getF());
      case "direction" ->
          attribute.getType() == AttributeProto.AttributeType.STRING
              && Set.of("forward", "bidirectional").contains(attribute.getS().toStringUtf8());
      case "kernel_shape", "strides", "dilations" -> all(attribute, 1);
      case "pads" -> all(attribute, 0);
      case "perm" -> permutation(attribute);
      case "axis" ->
          attribute.getType() == AttributeProto.AttributeType.INT && Math.abs(attribute.getI()) < 8;
      default ->
          attribute.getType() == AttributeProto.AttributeType.INT
              && attribute.getI() >= 0
              && attribute.getI() <= Integer.MAX_VALUE;
    };
  }

  /** Whether an attribute has the value that its type says, and no other. */
  private static boolean plain(AttributeProto attribute) {
    String value =
        switch (attribute.getType()) {
          case INT -> "i";
          case INTS -> "ints";
          case FLOAT -> "f";
          default -> "s";
        };
    Set<String> fields = new HashSet<>();
    attribute.getAllFields().keySet().forEach(field -> fields.add(field.getName()));
    fields.remove("doc_string");
    return fields.equals(Set.of("name", "type", value));
  }

  private static boolean all(AttributeProto attribute, long least) {
    return attribute.getType() == AttributeProto.AttributeType.INTS
        && attribute.getIntsList().stream().allMatch(size -> size >= least && size <= MOST);
  }

  private static boolean permutation(AttributeProto attribute) {
    long[] axes = attribute.getIntsList().stream().mapToLong(Long::longValue).sorted().toArray();
    long[] identity = new long[axes.length];
    Arrays.setAll(identity, i -> i);
    return Arrays.equals(axes, identity);
  }
}
