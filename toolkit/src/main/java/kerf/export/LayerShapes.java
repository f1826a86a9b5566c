package kerf.export;

import java.util.ArrayList;
import java.util.List;

/** What layers with weights, and pooling, do to shapes. */
final class LayerShapes {
  private LayerShapes() {}

  static List<GraphValue> convolution(NodeShapes node) {
    GraphValue input = node.batchFirst(0, 3, 5);
    GraphValue weight = node.floats(1);
    node.require(
        weight.constant() && weight.rank() == input.rank(),
        "input 2 that is constant, of %d axes".formatted(input.rank()),
        weight);
    int axes = input.rank() - 2;
    long groups = node.number("group", 1);
    long outputs = weight.axis(0).size();
    long channels = input.axis(1).size();
    node.require(
        groups >= 1 && outputs % groups == 0 && weight.axis(1).size() * groups == channels,
        "weights for %d channels in %d groups".formatted(channels, groups),
        weight);
    long[] kernel = node.numbers("kernel_shape", axes, 0);
    boolean told = kernel[0] > 0;
    for (int i = 0; i < axes; i++) {
      long size = weight.axis(i + 2).size();
      node.require(!told || kernel[i] == size, "a kernel of the weights' size", weight);
      kernel[i] = size;
    }
    if (node.has(2)) {
      node.weight(2, outputs);
    }
    List<Extent> shape = windows(node, input, outputs, kernel);
    long places = Extent.volume(shape.subList(2, shape.size()));
    long columns = weight.numbers() / outputs;
    node.work(places, outputs, columns);
    node.scratch(places, columns, groups);
    return node.floats(shape);
  }

  static List<GraphValue> pooling(NodeShapes node) {
    GraphValue input = node.batchFirst(0, 3, 5);
    int axes = input.rank() - 2;
    long[] kernel = node.numbers("kernel_shape", axes, 0);
    long[] pads = node.numbers("pads", 2 * axes, 0);
    for (int i = 0; i < axes; i++) {
      node.require(
          kernel[i] > Math.max(pads[i], pads[i + axes]),
          "a kernel longer than the padding",
          kernel[i]);
    }
    List<Extent> shape = windows(node, input, input.axis(1).size(), kernel);
    node.work(Extent.product(kernel), Extent.volume(shape));
    return node.floats(shape);
  }

  /** A place for each step of a kernel that lies within the padded input. */
  private static List<Extent> windows(
      NodeShapes node, GraphValue input, long channels, long... kernel) {
    long[] strides = node.numbers("strides", kernel.length, 1);
    long[] dilations = node.numbers("dilations", kernel.length, 1);
    long[] pads = node.numbers("pads", 2 * kernel.length, 0);
    List<Extent> shape = new ArrayList<>(List.of(input.axis(0), Extent.of(channels)));
    for (int i = 0; i < kernel.length; i++) {
      long padded = input.axis(i + 2).size() + pads[i] + pads[i + kernel.length];
      long reach = dilations[i] * (kernel[i] - 1) + 1;
      node.require(
          reach <= padded,
          "a kernel that fits into the padded input of %d".formatted(padded),
          reach);
      shape.add(Extent.of((padded - reach) / strides[i] + 1));
    }
    return shape;
  }

  static List<GraphValue> globalPooling(NodeShapes node) {
    GraphValue input = node.batchFirst(0, 3, 5);
    List<Extent> shape = new ArrayList<>(input.shape().subList(0, 2));
    while (shape.size() < input.rank()) {
      shape.add(Extent.of(1));
    }
    return node.floats(shape);
  }

  static List<GraphValue> gemm(NodeShapes node) {
    GraphValue input = node.batchFirst(0, 2, 2);
    GraphValue weight = node.floats(1);
    node.require(node.number("transB", 0) == 1, "transB of 1", node.number("transB", 0));
    node.require(
        weight.constant() && weight.rank() == 2 && weight.axis(1).equals(input.axis(1)),
        "input 2 that is constant, a matrix with a column for each of %s".formatted(input.axis(1)),
        weight);
    long outputs = weight.axis(0).size();
    if (node.has(2)) {
      node.weight(2, outputs);
    }
    node.work(input.axis(0).size(), weight.numbers());
    return node.floats(List.of(input.axis(0), weight.axis(0)));
  }

  static List<GraphValue> batchNorm(NodeShapes node) {
    GraphValue input = node.batchFirst(0, 2, 5);
    for (int parameter = 1; parameter <= 4; parameter++) {
      node.weight(parameter, input.axis(1).size());
    }
    return node.floats(input.shape());
  }

  static List<GraphValue> lstm(NodeShapes node) {
    GraphValue input = sequence(node);
    long state = state(node);
    long directions = node.says("direction", "bidirectional") ? 2 : 1;
    node.weight(1, directions, 4 * state, input.axis(2).size());
    node.weight(2, directions, 4 * state, state);
    if (node.has(3)) {
      node.weight(3, directions, 8 * state);
    }
    return steps(node, input, directions, state);
  }

  /** ONNX Runtime's own, of one direction: integers come with a column for each row of a gate. */
  static List<GraphValue> dynamicLstm(NodeShapes node) {
    GraphValue input = sequence(node);
    long state = state(node);
    node.require(node.says("direction", "forward"), "direction forward", "another direction");
    NumberType type = node.typed(1, NumberType.INT8, NumberType.UINT8).type();
    node.constant(1, type, 1, input.axis(2).size(), 4 * state);
    node.constant(2, type, 1, state, 4 * state);
    if (node.has(3)) {
      node.weight(3, 1, 8 * state);
    }
    for (int unused = 4; unused <= 7; unused++) {
      node.require(!node.has(unused), "no " + node.name(unused), "one");
    }
    for (int scale = 8; scale <= 10; scale += 2) {
      boolean single = node.input(scale).rank() == 1;
      long[] shape = single ? new long[] {1} : new long[] {1, 4 * state};
      node.weight(scale, shape);
      GridShapes.requireScales(node, scale);
      node.constant(scale + 1, type, shape);
      GridShapes.requireOnePoint(node, scale + 1);
    }
    return steps(node, input, 1, state);
  }

  private static GraphValue sequence(NodeShapes node) {
    GraphValue input = node.computed(0);
    node.require(
        input.rank() == 3 && input.axis(1).batch(),
        "input 1 of 3 axes: steps, batch, numbers",
        input);
    return input;
  }

  private static long state(NodeShapes node) {
    long state = node.number("hidden_size", 0);
    node.require(
        state >= 1 && state <= OperatorRule.MOST_STATE, "a hidden_size of 1 or more", state);
    return state;
  }

  private static List<GraphValue> steps(
      NodeShapes node, GraphValue input, long directions, long state) {
    long rows = Extent.product(input.axis(0).size(), input.axis(1).size());
    node.work(rows, directions * 4 * state, input.axis(2).size() + state);
    node.scratch(rows, directions * 4 * state);
    return node.floats(
        List.of(input.axis(0), Extent.of(directions), input.axis(1), Extent.of(state)));
  }
}
