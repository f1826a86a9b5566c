package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Records one call of an operator on a symbol, or refuses it by its name. */
final class Recorder {
  private final String method;
  private final Symbol receiver;

  Recorder(String method, Symbol receiver) {
    this.method = method;
    this.receiver = receiver;
  }

  /** An operator on the receiver alone. */
  NDArray record(Operator operator) {
    return symbol(operator, List.of(input(receiver.array()))).array();
  }

  Symbol symbol(Operator operator, List<Symbol> inputs) {
    inputs.forEach(symbol -> input(symbol.array()));
    try {
      return receiver.tracer().record(operator, inputs);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(method, e.getMessage());
    }
  }

  /** The symbol of an operand that must come from the network's input. */
  Symbol input(Object array) {
    Symbol symbol = Symbol.of(array);
    if (symbol == null) {
      throw Refusal.of(
          method, "an array of constants meets a traced one; make it a parameter of the block");
    }
    if (!symbol.isNode()) {
      throw Refusal.of(
          method,
          "it computes with %s, which a graph takes only as weights or biases of its layers"
              .formatted(symbol.isZeros() ? "constant zeros" : symbol.parameter()));
    }
    if (symbol.isWhole()) {
      throw Refusal.of(
          method, "a graph computes with floats; whole numbers it takes for oneHot(n) alone");
    }
    return symbol;
  }

  /** The name of an operand that must be a parameter. */
  String parameter(Object array) {
    Symbol symbol = Symbol.of(array);
    if (symbol == null || symbol.parameter() == null) {
      throw Refusal.of(
          method, "its weights must be parameters of a block as they are, not computed from them");
    }
    return symbol.parameter();
  }

  Symbol symbolOf(Object parameter) {
    parameter(parameter);
    return Symbol.of(parameter);
  }

  NDArray softmax(Activation.Function function, int axis) {
    int place = Math.floorMod(axis, receiver.shape().dimension());
    if (place == 0) {
      throw Refusal.of(method, "it mixes the samples of a batch; take an axis after the batch");
    }
    return record(new Activation(function, place));
  }

  NDArray reshape(Shape wanted) {
    input(receiver.array());
    long known = Arrays.stream(wanted.getShape()).filter(n -> n >= 0).reduce(1, (a, b) -> a * b);
    long rest = known == 0 ? 0 : receiver.shape().size() / known;
    long[] sizes = Arrays.stream(wanted.getShape()).map(n -> n < 0 ? rest : n).toArray();
    Shape shape = new Shape(sizes);
    if (shape.size() != receiver.shape().size() || sizes[0] != Tracer.BATCH) {
      throw Refusal.of(
          method, "it mixes the samples of a batch; keep axis 0 as in reshape(x.size(0), -1)");
    }
    if (shape.equals(receiver.shape())) {
      return receiver.array();
    }
    return record(sizes.length == 2 ? new Flatten() : new Reshape(shape.slice(2)));
  }

  NDArray global(String kind, int[] axes, boolean keepAxes) {
    int rank = receiver.shape().dimension();
    int[] positive = Arrays.stream(axes).map(axis -> Math.floorMod(axis, rank)).sorted().toArray();
    if (rank < 3 || !Arrays.equals(positive, IntStream.range(2, rank).toArray())) {
      throw Refusal.of(method, "a graph pools over all axes after the channels, 2 and on");
    }
    Pooling.Kind pooling = kind.equals("max") ? Pooling.Kind.MAXIMUM : Pooling.Kind.AVERAGE;
    return record(new GlobalPooling(pooling, keepAxes));
  }
}
