package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import kerf.trace.Activation;
import kerf.trace.Clip;
import kerf.trace.GlobalPooling;
import kerf.trace.Node;
import kerf.trace.OneHot;
import kerf.trace.Pooling;
import kerf.trace.Reshape;
import kerf.trace.Select;
import kerf.trace.Transpose;

/** Writes operators without parameters. */
final class OperatorWriter {
  private final OnnxWriter onnx;

  OperatorWriter(OnnxWriter onnx) {
    this.onnx = onnx;
  }

  String activation(String name, Activation activation, String input) {
    float number = (float) activation.number();
    return switch (activation.function()) {
      case RELU -> onnx.add("Relu", name, List.of(input));
      case RELU6 -> clip(name, new Clip(0, 6), input);
      case LEAKY_RELU ->
          onnx.add("LeakyRelu", name, List.of(input), OnnxWriter.number("alpha", number));
      case ELU -> onnx.add("Elu", name, List.of(input), OnnxWriter.number("alpha", number));
      case SELU -> onnx.add("Selu", name, List.of(input));
      case GELU -> gelu(name, input);
      case SWISH -> swish(name, number, input);
      case SIGMOID -> onnx.add("Sigmoid", name, List.of(input));
      case TANH -> onnx.add("Tanh", name, List.of(input));
      case SOFTPLUS -> onnx.add("Softplus", name, List.of(input));
      case SOFTSIGN -> onnx.add("Softsign", name, List.of(input));
      case SOFTMAX -> onnx.add("Softmax", name, List.of(input), axis((long) activation.number()));
      case LOG_SOFTMAX ->
          onnx.add("LogSoftmax", name, List.of(input), axis((long) activation.number()));
      case SIGN, DOREFA ->
          throw new IllegalArgumentException(
              "%s has no operator in ONNX with its sign of 0 and its rounding, found it at %s; run the network packed(network), or export one with float inputs"
                  .formatted(activation, name));
    };
  }

  private static AttributeProto axis(long axis) {
    return OnnxWriter.number("axis", axis);
  }

  /** {@code x / 2 * (1 + erf(x / sqrt(2)))}: opset 17 has no operator of that name. */
  private String gelu(String name, String input) {
    String root = onnx.constant(name + "/root", new float[] {(float) Math.sqrt(2)});
    String one = onnx.constant(name + "/1", new float[] {1});
    String half = onnx.constant(name + "/half", new float[] {0.5f});
    String scaled = onnx.add("Div", name + "/scaled", List.of(input, root));
    String erf = onnx.add("Erf", name + "/erf", List.of(scaled));
    String sum = onnx.add("Add", name + "/sum", List.of(erf, one));
    String product = onnx.add("Mul", name + "/product", List.of(input, sum));
    return onnx.add("Mul", name, List.of(product, half));
  }

  private String swish(String name, float beta, String input) {
    String factor = onnx.constant(name + "/beta", new float[] {beta});
    String scaled = onnx.add("Mul", name + "/scaled", List.of(input, factor));
    String gate = onnx.add("Sigmoid", name + "/gate", List.of(scaled));
    return onnx.add("Mul", name, List.of(input, gate));
  }

  String clip(String name, Clip clip, String input) {
    // Infinity is no bound: its input stays empty.
    String low =
        clip.low() == Double.NEGATIVE_INFINITY
            ? ""
            : onnx.constant(name + "/low", new float[] {(float) clip.low()});
    if (clip.high() == Double.POSITIVE_INFINITY) {
      return onnx.add("Clip", name, List.of(input, low));
    }
    String high = onnx.constant(name + "/high", new float[] {(float) clip.high()});
    return onnx.add("Clip", name, List.of(input, low, high));
  }

  /** A kernel that hangs over the edge becomes padding behind the input. */
  String pooling(Node node, Pooling pooling, long[] from, String input) {
    long[] kernel = pooling.kernel().getShape();
    long[] stride = pooling.stride().getShape();
    long[] padding = pooling.padding().getShape();
    long[] behind = padding.clone();
    for (int i = 0; i < kernel.length; i++) {
      long reach = (node.shape().get(i + 1) - 1) * stride[i] + kernel[i];
      behind[i] = Math.max(padding[i], reach - padding[i] - from[i + 1]);
    }
    AttributeProto[] attributes = {
      OnnxWriter.attribute("kernel_shape", kernel),
      OnnxWriter.attribute("strides", stride),
      OnnxWriter.attribute(
          "pads", LongStream.concat(Arrays.stream(padding), Arrays.stream(behind)).toArray())
    };
    if (pooling.kind() == Pooling.Kind.MAXIMUM) {
      return onnx.add("MaxPool", node.name(), List.of(input), attributes);
    }
    // DJL's PyTorch engine (0.36.0) counts padding, whatever it is told.
    boolean counts = Arrays.stream(padding).anyMatch(size -> size > 0);
    if (counts && !Arrays.equals(padding, behind)) {
      throw new IllegalArgumentException(
          "cannot export layer %s: %s counts its padding but not what hangs over the edge, which ONNX cannot; pool without ceiling or without padding"
              .formatted(node.name(), pooling));
    }
    AttributeProto[] more = Arrays.copyOf(attributes, attributes.length + 1);
    more[attributes.length] = OnnxWriter.number("count_include_pad", counts ? 1 : 0);
    return onnx.add("AveragePool", node.name(), List.of(input), more);
  }

  String globalPooling(String name, GlobalPooling pooling, String input) {
    String operator =
        pooling.kind() == Pooling.Kind.MAXIMUM ? "GlobalMaxPool" : "GlobalAveragePool";
    if (pooling.keepAxes()) {
      return onnx.add(operator, name, List.of(input));
    }
    String pooled = onnx.add(operator, name + "/pooled", List.of(input));
    return onnx.add("Flatten", name, List.of(pooled), axis(1));
  }

  String join(String name, long axis, List<String> inputs) {
    return onnx.add("Concat", name, inputs, axis(axis));
  }

  String flatten(String name, String input) {
    return onnx.add("Flatten", name, List.of(input), axis(1));
  }

  String reshape(String name, Reshape reshape, String input) {
    long[] shape =
        LongStream.concat(LongStream.of(0, -1), Arrays.stream(reshape.rest().getShape())).toArray();
    return onnx.add("Reshape", name, List.of(input, onnx.longs(name + "/shape", shape)));
  }

  String transpose(String name, Transpose transpose, String input) {
    long[] axes = transpose.axes().stream().mapToLong(Integer::longValue).toArray();
    return onnx.add("Transpose", name, List.of(input), OnnxWriter.attribute("perm", axes));
  }

  String select(String name, Select select, String input) {
    int[] index = {Math.toIntExact(select.index())};
    String own = onnx.constant(name + "/index", NumberType.INT64, index);
    return onnx.add("Gather", name, List.of(input, own), axis(select.axis()));
  }

  String oneHot(String name, OneHot numbers, String input) {
    AttributeProto whole = OnnxWriter.number("to", NumberType.INT64.code());
    String indices = onnx.add("Cast", name + "/numbers", List.of(input), whole);
    String depth = onnx.longs(name + "/depth", numbers.depth());
    String values = onnx.constant(name + "/values", new float[] {0, 1}, 2);
    return onnx.add("OneHot", name, List.of(indices, depth, values), axis(-1));
  }
}
