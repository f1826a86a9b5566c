package kerf.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What operators without weights do to shapes: element by element, or moving numbers about. */
final class ArrayShapes {
  private ArrayShapes() {}

  static List<GraphValue> same(NodeShapes node) {
    return node.floats(node.computed(0).shape());
  }

  static List<GraphValue> softmax(NodeShapes node) {
    GraphValue input = node.computed(0);
    node.axis(node.number("axis", -1), input.rank());
    return node.floats(input.shape());
  }

  /** Shapes that stand flush right; an axis of 1, or none, is stretched. */
  static List<GraphValue> broadcast(NodeShapes node) {
    GraphValue first = node.floats(0);
    GraphValue second = node.floats(1);
    int rank = Math.max(first.rank(), second.rank());
    List<Extent> shape = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Extent one = flushRight(first, i, rank);
      Extent other = flushRight(second, i, rank);
      node.require(
          one.equals(other) || one.is(1) || other.is(1),
          "inputs of one shape, or one that is stretched",
          first + " and " + second);
      shape.add(one.is(1) ? other : one);
    }
    return node.floats(shape);
  }

  private static Extent flushRight(GraphValue value, int axis, int rank) {
    int own = axis - rank + value.rank();
    return own < 0 ? Extent.of(1) : value.axis(own);
  }

  static List<GraphValue> clip(NodeShapes node) {
    GraphValue input = node.typed(0, NumberType.FLOAT, NumberType.UINT8, NumberType.INT8);
    for (int bound = 1; bound <= 2; bound++) {
      if (node.has(bound)) {
        node.constant(bound, input.type());
      }
    }
    return List.of(node.output(input.type(), input.shape()));
  }

  static List<GraphValue> transpose(NodeShapes node) {
    node.requireAttribute("perm");
    GraphValue input = node.floats(0);
    List<Extent> shape = new ArrayList<>();
    for (long axis : node.numbers("perm", input.rank(), -1)) {
      shape.add(input.axis(node.axis(axis, input.rank())));
    }
    return node.floats(shape);
  }

  static List<GraphValue> concat(NodeShapes node) {
    node.requireAttribute("axis");
    GraphValue first = node.floats(0);
    int axis = node.axis(node.number("axis", 0), first.rank());
    long sum = 0;
    for (int i = 0; i < node.inputs(); i++) {
      GraphValue each = node.floats(i);
      node.require(
          each.rank() == first.rank() && each.axis(axis).batch() == first.axis(axis).batch(),
          "inputs that differ on axis %d alone".formatted(axis),
          first + " and " + each);
      for (int other = 0; other < first.rank(); other++) {
        node.require(
            other == axis || each.axis(other).equals(first.axis(other)),
            "inputs that differ on axis %d alone".formatted(axis),
            first + " and " + each);
      }
      sum += each.axis(axis).size();
    }
    List<Extent> shape = new ArrayList<>(first.shape());
    shape.set(axis, new Extent(sum, first.axis(axis).batch()));
    return node.floats(shape);
  }

  static List<GraphValue> gather(NodeShapes node) {
    GraphValue input = node.floats(0);
    GraphValue indices = node.typed(1, NumberType.INT64);
    int axis = node.axis(node.number("axis", 0), input.rank());
    node.require(indices.data().isPresent(), "constant indices", indices);
    long length = input.axis(axis).size();
    node.require(!input.axis(axis).batch(), "an axis of a length that is known", input);
    for (long index : indices.integers()) {
      node.require(
          index >= -length && index < length,
          "indices from %d to %d".formatted(-length, length - 1),
          index);
    }
    List<Extent> shape = new ArrayList<>(input.shape().subList(0, axis));
    shape.addAll(indices.shape());
    shape.addAll(input.shape().subList(axis + 1, input.rank()));
    return node.floats(shape);
  }

  static List<GraphValue> oneHot(NodeShapes node) {
    GraphValue indices = node.typed(0, NumberType.INT64);
    long[] depth = node.longs(1);
    node.require(
        depth.length == 1 && depth[0] >= 1 && depth[0] <= OnnxReader.MOST_NUMBERS,
        "one depth from 1 to %,d".formatted(OnnxReader.MOST_NUMBERS),
        depth.length == 1 ? "%,d".formatted(depth[0]) : depth.length + " numbers");
    node.weight(2, 2);
    int axis = node.axis(node.number("axis", -1), indices.rank() + 1);
    List<Extent> shape = new ArrayList<>(indices.shape());
    shape.add(axis, Extent.of(depth[0]));
    return node.floats(shape);
  }

  static List<GraphValue> slice(NodeShapes node) {
    GraphValue input = node.floats(0);
    long[] from = node.longs(1);
    long[] to = node.longs(2);
    long[] axes = node.longs(3);
    node.require(
        from.length == axes.length && to.length == axes.length,
        "a start and an end for each axis",
        "%d, %d and %d numbers".formatted(from.length, to.length, axes.length));
    List<Extent> shape = new ArrayList<>(input.shape());
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < axes.length; i++) {
      int axis = node.axis(axes[i], input.rank());
      long length = input.axis(axis).size();
      long left = within(to[i], length) - within(from[i], length);
      node.require(
          seen.add(axis) && !input.axis(axis).batch() && left >= 1,
          "a stretch of axis %d, once, of a length that is known".formatted(axis),
          "%d to %d of %s".formatted(from[i], to[i], input));
      shape.set(axis, Extent.of(left));
    }
    return node.floats(shape);
  }

  private static long within(long place, long length) {
    return Math.max(0, Math.min(length, place < 0 ? place + length : place));
  }

  /** 0 copies an axis, -1 is what is left over. */
  static List<GraphValue> reshape(NodeShapes node) {
    GraphValue input = node.floats(0);
    long[] wanted = node.longs(1);
    List<Extent> shape = new ArrayList<>();
    int rest = -1;
    for (int i = 0; i < wanted.length; i++) {
      boolean sound =
          wanted[i] == 0 ? i < input.rank() : wanted[i] == -1 ? rest < 0 : wanted[i] > 0;
      node.require(
          sound && wanted[i] <= OnnxReader.MOST_NUMBERS,
          "a shape for %s".formatted(input),
          "%d on axis %d".formatted(wanted[i], i));
      rest = wanted[i] == -1 ? i : rest;
      shape.add(wanted[i] == 0 ? input.axis(i) : Extent.of(Math.max(1, wanted[i])));
    }
    long numbers = input.numbers();
    long others = Extent.volume(shape);
    boolean batch = Extent.batch(input.shape()) && !Extent.batch(shape);
    node.require(
        rest < 0 ? numbers == others && !batch : numbers % others == 0,
        "a shape for %s".formatted(input),
        Arrays.toString(wanted));
    if (rest >= 0) {
      shape.set(rest, new Extent(numbers / others, batch));
    }
    return node.floats(shape);
  }

  static List<GraphValue> flatten(NodeShapes node) {
    GraphValue input = node.floats(0);
    long wanted = node.number("axis", 1);
    int axis = wanted == input.rank() ? input.rank() : node.axis(wanted, input.rank());
    return node.floats(
        List.of(
            joined(input.shape().subList(0, axis)),
            joined(input.shape().subList(axis, input.rank()))));
  }

  private static Extent joined(List<Extent> axes) {
    return new Extent(Extent.volume(axes), Extent.batch(axes));
  }

  static List<GraphValue> unsqueeze(NodeShapes node) {
    GraphValue input = node.floats(0);
    long[] axes = node.longs(1);
    int rank = input.rank() + axes.length;
    Set<Integer> own = new HashSet<>();
    for (long axis : axes) {
      node.require(own.add(node.axis(axis, rank)), "each axis once", axis);
    }
    List<Extent> shape = new ArrayList<>();
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      shape.add(own.contains(axis) ? Extent.of(1) : input.axis(next++));
    }
    return node.floats(shape);
  }

  static List<GraphValue> cast(NodeShapes node) {
    GraphValue input = node.input(0);
    long code = node.number("to", 0);
    node.require(
        code == NumberType.FLOAT.code() || code == NumberType.INT64.code(),
        "a cast to float32 or int64",
        "to type " + code);
    NumberType type = NumberType.ofCode((int) code).orElseThrow();
    GraphValue output = node.output(type, input.shape());
    // Integers stay what they are; what is computed of them is known.
    return List.of(
        input.type().isFloat()
            ? output
            : new GraphValue(type, input.shape(), input.constant(), input.data()));
  }
}
