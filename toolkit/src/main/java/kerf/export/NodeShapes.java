package kerf.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** One node of a file and what is known of its inputs: what shapes of outputs are found from. */
final class NodeShapes {
  /** More axes than any network has, and fewer than a runtime stumbles over. */
  static final int MOST_AXES = 8;

  private final NodeProto node;
  private final List<Optional<GraphValue>> inputs;
  private long work;
  private long scratch;

  /** Inputs are in the order of the node's; one that is left out is empty. */
  NodeShapes(NodeProto node, List<Optional<GraphValue>> inputs) {
    this.node = node;
    this.inputs = inputs;
  }

  /** What does not fit: a noun phrase for what should be there, and one for what is. */
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String expected;
    private final String found;

    private Fault(String expected, String found) {
      super(expected + ", found " + found, null, false, false);
      this.expected = expected;
      this.found = found;
    }

    String expected() {
      return expected;
    }

    String found() {
      return found;
    }
  }

  int inputs() {
    return inputs.size();
  }

  boolean has(int input) {
    return input < inputs.size() && inputs.get(input).isPresent();
  }

  GraphValue input(int input) {
    return inputs.get(input).orElseThrow();
  }

  /** An input of float32. */
  GraphValue floats(int input) {
    return typed(input, NumberType.FLOAT);
  }

  GraphValue typed(int input, NumberType... types) {
    GraphValue value = input(input);
    require(List.of(types).contains(value.type()), name(input) + " of " + names(types), value);
    return value;
  }

  private static String names(NumberType... types) {
    return String.join(
        " or ", List.of(types).stream().map(type -> type.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** A constant of float32 and of a shape. */
  void weight(int input, long... shape) {
    constant(input, NumberType.FLOAT, shape);
  }

  GraphValue constant(int input, NumberType type, long... shape) {
    GraphValue value = typed(input, type);
    require(
        value.constant() && value.has(shape),
        "%s that is constant, of shape %s".formatted(name(input), text(shape)),
        value);
    return value;
  }

  static String text(long... shape) {
    return Extent.text(LongStream.of(shape).mapToObj(Extent::of).toList());
  }

  /** A list of whole numbers that is in the file itself. */
  long[] longs(int input) {
    GraphValue value = typed(input, NumberType.INT64);
    require(
        value.data().isPresent() && value.rank() == 1 && value.numbers() <= MOST_AXES,
        "%s that is a constant list of at most %d whole numbers".formatted(name(input), MOST_AXES),
        value);
    return value.integers();
  }

  /** What is computed of the network's input, in floats. */
  GraphValue computed(int input) {
    GraphValue value = floats(input);
    require(!value.constant(), name(input) + " that is computed of the network's", value);
    return value;
  }

  /** Requires that the first axis grows with the batch, and no other. */
  GraphValue batchFirst(int input, int least, int most) {
    GraphValue value = computed(input);
    require(
        value.rank() >= least
            && value.rank() <= most
            && value.axis(0).batch()
            && !Extent.batch(value.shape().subList(1, value.rank())),
        "%s of %d to %d axes, the batch on the first alone".formatted(name(input), least, most),
        value);
    return value;
  }

  /** Counts from the end where an axis is negative. */
  int axis(long axis, int rank) {
    require(axis >= -rank && axis < rank, "an axis from %d to %d".formatted(-rank, rank - 1), axis);
    return (int) (axis < 0 ? axis + rank : axis);
  }

  String name(int input) {
    return "input %d".formatted(input + 1);
  }

  void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new Fault(expected, found.toString());
    }
  }

  /** Notes how many products one input of the network costs here. */
  void work(long... factors) {
    work = Extent.product(factors);
  }

  /** Notes how many numbers a runtime needs beside inputs and outputs, for one input. */
  void scratch(long... factors) {
    scratch = Extent.product(factors);
  }

  long work() {
    return work;
  }

  long scratch() {
    return scratch;
  }

  private Optional<AttributeProto> attribute(String name) {
    return node.getAttributeList().stream().filter(own -> own.getName().equals(name)).findFirst();
  }

  /** Requires an attribute without which an operator means nothing. */
  void requireAttribute(String name) {
    require(attribute(name).isPresent(), "an attribute " + name, "none");
  }

  long number(String name, long otherwise) {
    return attribute(name).map(AttributeProto::getI).orElse(otherwise);
  }

  /** A list of a length; of one number throughout where the node says nothing. */
  long[] numbers(String name, int length, long otherwise) {
    long[] numbers =
        attribute(name)
            .map(own -> own.getIntsList().stream().mapToLong(Long::longValue).toArray())
            .orElseGet(() -> LongStream.generate(() -> otherwise).limit(length).toArray());
    require(
        numbers.length == length,
        "%s of %d numbers".formatted(name, length),
        numbers.length + " numbers");
    return numbers;
  }

  boolean says(String name, String text) {
    return attribute(name).map(own -> own.getS().toStringUtf8().equals(text)).orElse(false);
  }

  /** An output that is constant where all inputs are. */
  GraphValue output(NumberType type, List<Extent> shape) {
    boolean constant = inputs.stream().flatMap(Optional::stream).allMatch(GraphValue::constant);
    return new GraphValue(type, shape, constant, Optional.empty());
  }

  List<GraphValue> floats(List<Extent> shape) {
    return List.of(output(NumberType.FLOAT, shape));
  }
}
