package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator of a file may look like.
 *
 * @param least how few inputs it takes
 * @param most how many
 * @param outputs how many it gives at least
 * @param attributes the names of its attributes
 */
record OperatorRule(int least, int most, int outputs, Set<String> attributes) {
  /** Greater than any kernel, stride or padding in earnest, and harmless to a runtime. */
  private static final long MOST = 1 << 12;

  private static final Map<String, OperatorRule> RULES = rules();

  private static Map<String, OperatorRule> rules() {
    Map<String, OperatorRule> rules = new HashMap<>();
    for (String one :
        "Relu Selu Sigmoid Tanh Softplus Softsign Erf GlobalAveragePool GlobalMaxPool".split(" ")) {
      rules.put(one, new OperatorRule(1, 1, 1, Set.of()));
    }
    for (String two : "Add Sub Mul Div Reshape Unsqueeze".split(" ")) {
      rules.put(two, new OperatorRule(2, 2, 1, Set.of()));
    }
    for (String axis : "Softmax LogSoftmax Flatten".split(" ")) {
      rules.put(axis, new OperatorRule(1, 1, 1, Set.of("axis")));
    }
    Set<String> window = Set.of("kernel_shape", "strides", "pads");
    rules.put(
        "Conv",
        new OperatorRule(2, 3, 1, Set.of("kernel_shape", "strides", "pads", "dilations", "group")));
    rules.put("MaxPool", new OperatorRule(1, 1, 1, window));
    rules.put(
        "AveragePool",
        new OperatorRule(1, 1, 1, Set.of("kernel_shape", "strides", "pads", "count_include_pad")));
    rules.put("Gemm", new OperatorRule(2, 3, 1, Set.of("transB")));
    rules.put("BatchNormalization", new OperatorRule(5, 5, 1, Set.of("epsilon")));
    rules.put("LSTM", new OperatorRule(3, 4, 1, Set.of("hidden_size", "direction")));
    rules.put(
        "DynamicQuantizeLSTM", new OperatorRule(12, 12, 1, Set.of("hidden_size", "direction")));
    rules.put("LeakyRelu", new OperatorRule(1, 1, 1, Set.of("alpha")));
    rules.put("Elu", new OperatorRule(1, 1, 1, Set.of("alpha")));
    rules.put("Clip", new OperatorRule(2, 3, 1, Set.of()));
    rules.put("Transpose", new OperatorRule(1, 1, 1, Set.of("perm")));
    rules.put("Concat", new OperatorRule(1, 1024, 1, Set.of("axis")));
    rules.put("Gather", new OperatorRule(2, 2, 1, Set.of("axis")));
    rules.put("OneHot", new OperatorRule(3, 3, 1, Set.of("axis")));
    rules.put("Slice", new OperatorRule(4, 4, 1, Set.of()));
    rules.put("Cast", new OperatorRule(1, 1, 1, Set.of("to")));
    rules.put("QuantizeLinear", new OperatorRule(3, 3, 1, Set.of()));
    rules.put("DequantizeLinear", new OperatorRule(2, 3, 1, Set.of("axis")));
    rules.put("DynamicQuantizeLinear", new OperatorRule(1, 1, 3, Set.of()));
    rules.put("MatMulInteger", new OperatorRule(4, 4, 1, Set.of()));
    return rules;
  }

  private String domain(String operator) {
    return operator.equals("DynamicQuantizeLSTM") ? OnnxWriter.RUNTIME : "";
  }

  /** Whether an operator may do without an input, as a clip without one of its bounds. */
  static boolean optional(NodeProto node, int input) {
    return switch (node.getOpType()) {
      case "Clip" -> input > 0;
      case "DynamicQuantizeLSTM" -> input >= 3 && input <= 7;
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
      if (!sound(attribute)) {
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
          Set.of("forward", "bidirectional").contains(attribute.getS().toStringUtf8());
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
