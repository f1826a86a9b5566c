package kerf.repair;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.random.RandomStream;
import kerf.tensor.Value;
import kerf.trace.Convolution;

/**
 * What the filters of a layer see, and what they should make of it.
 *
 * @param inputs of shape {@code (groups, rows, filter)}: patches of the quantized lane
 * @param targets of shape {@code (groups, rows, outputs / groups)}: outputs of the float lane
 */
record Rows(NDArray inputs, NDArray targets) {

  static boolean fit(Stop stop) {
    return stop.node().operator() instanceof Convolution conv
        ? conv.kernel().dimension() == 2
        : stop.node().shape().dimension() == 1;
  }

  /** Gathers about so many rows, at positions drawn anew for each batch. */
  static Rows of(Stop stop, int count, RandomStream stream) {
    List<NDArray> wanted = stop.wanted();
    List<NDArray> given = stop.rounded().outputs(stop.node().inputs().get(0));
    long samples = given.stream().mapToLong(batch -> batch.size(0)).sum();
    List<NDArray> inputs = new ArrayList<>();
    List<NDArray> targets = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (stop.node().operator() instanceof Convolution conv) {
        int positions = Math.toIntExact(stop.node().shape().slice(1).size());
        int some = (int) Math.max(1, Math.min(positions, count / samples));
        long[] at =
            Arrays.stream(stream.permutation(positions)).limit(some).asLongStream().toArray();
        try (NDArray places = stop.scope().tensor(at, at.length)) {
          inputs.add(patches(conv, given.get(i), places));
          targets.add(targets(conv, wanted.get(i), places));
        }
      } else {
        inputs.add(call("rows", given.get(i), Value.of(given.get(i))));
        targets.add(call("rows", wanted.get(i), Value.of(wanted.get(i))));
      }
    }
    return new Rows(joined(inputs), joined(targets));
  }

  private static NDArray patches(Convolution conv, NDArray x, NDArray places) {
    return call(
        "patches",
        x,
        Value.of(x),
        Value.of(places),
        numbers(conv.kernel()),
        numbers(conv.dilation()),
        numbers(conv.padding()),
        numbers(conv.stride()),
        Value.of(new long[] {conv.groups()}));
  }

  private static NDArray targets(Convolution conv, NDArray y, NDArray places) {
    return call("targets", y, Value.of(y), Value.of(places), Value.of(new long[] {conv.groups()}));
  }

  private static Value numbers(Shape shape) {
    return Value.of(shape.getShape());
  }

  private static NDArray joined(List<NDArray> parts) {
    NDArray joined = call("joined", parts.get(0), Value.of(parts));
    parts.forEach(NDArray::close);
    return joined;
  }

  /** Calls a function, closing its arguments. */
  static NDArray call(String function, NDArray neighbour, Value... arguments) {
    try (Value result = RoundingScript.SCRIPT.call(function, arguments)) {
      return result.array(neighbour);
    } finally {
      Arrays.stream(arguments).forEach(Value::close);
    }
  }

  int count() {
    return Math.toIntExact(inputs.size(1));
  }

  void close() {
    inputs.close();
    targets.close();
  }
}
