package kerf.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What operators that round to integers, or give them back, do to types and shapes. */
final class GridShapes {
  private GridShapes() {}

  static void requireScales(NodeShapes node, int input) {
    GraphValue scales = node.input(input);
    node.require(scales.data().isPresent(), "scales in the file itself", scales);
    for (float scale : scales.floats()) {
      node.require(scale > 0 && Float.isFinite(scale), "scales that are positive numbers", scale);
    }
  }

  /** Integer kernels take one zero point for all rows, and 0 for sums of 32 bits. */
  static void requireOnePoint(NodeShapes node, int input) {
    GraphValue zeros = node.input(input);
    node.require(zeros.data().isPresent(), "zero points in the file itself", zeros);
    boolean sums = zeros.type() == NumberType.INT32;
    long first = sums ? 0 : zeros.integers()[0];
    node.require(
        LongStream.of(zeros.integers()).allMatch(point -> point == first),
        sums ? "zero points of 0" : "one zero point for all rows",
        "others");
  }

  static List<GraphValue> quantize(NodeShapes node) {
    GraphValue input = node.computed(0);
    node.weight(1);
    requireScales(node, 1);
    NumberType type =
        node.typed(2, NumberType.UINT8, NumberType.INT8, NumberType.UINT16, NumberType.INT16)
            .type();
    node.constant(2, type);
    return List.of(node.output(type, input.shape()));
  }

  static List<GraphValue> dequantize(NodeShapes node) {
    GraphValue input =
        node.typed(
            0,
            NumberType.UINT8,
            NumberType.INT8,
            NumberType.UINT16,
            NumberType.INT16,
            NumberType.INT32);
    boolean single = node.floats(1).rank() == 0;
    // Integer kernels take one scale for what is computed, and one for each row of a constant.
    node.require(
        single || input.constant() && input.rank() > 0 && node.number("axis", 1) == 0,
        "one scale, or one for each row of a constant",
        node.input(1));
    long[] shape = single ? new long[0] : new long[] {input.axis(0).size()};
    node.weight(1, shape);
    requireScales(node, 1);
    // Only sums of 32 bits do without: ONNX Runtime's fusions ask all others for it unseen.
    node.require(
        node.has(2) || input.type() == NumberType.INT32, "a zero point for " + input, "none");
    if (node.has(2)) {
      node.constant(2, input.type(), shape);
      requireOnePoint(node, 2);
    }
    return node.floats(input.shape());
  }

  static List<GraphValue> dynamic(NodeShapes node) {
    GraphValue input = node.computed(0);
    return List.of(
        node.output(NumberType.UINT8, input.shape()),
        node.output(NumberType.FLOAT, List.of()),
        node.output(NumberType.UINT8, List.of()));
  }

  static List<GraphValue> matMul(NodeShapes node) {
    GraphValue input = node.typed(0, NumberType.UINT8);
    GraphValue weight = node.typed(1, NumberType.INT8, NumberType.UINT8);
    node.require(
        weight.constant() && weight.rank() == 2, "input 2 that is a constant matrix", weight);
    node.require(
        input.rank() >= 2 && input.axis(input.rank() - 1).equals(weight.axis(0)),
        "input 1 of 2 or more axes, the last of %s".formatted(weight.axis(0)),
        input);
    GraphValue zero = node.typed(2, NumberType.UINT8);
    node.require(zero.rank() == 0, "input 3 that is one number", zero);
    long outputs = weight.axis(1).size();
    boolean single = node.input(3).rank() == 0;
    node.constant(3, weight.type(), single ? new long[0] : new long[] {outputs});
    List<Extent> shape = new ArrayList<>(input.shape());
    shape.set(shape.size() - 1, weight.axis(1));
    node.work(input.numbers(), outputs);
    return List.of(node.output(NumberType.INT32, shape));
  }
}
