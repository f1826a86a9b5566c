package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kerf.trace.Activation.Function;

/** Answers a block's calls of {@code NDArrayEx}, where DJL has its operators of layers. */
final class EngineCalls implements InvocationHandler {
  private final Symbol symbol;

  EngineCalls(Symbol symbol) {
    this.symbol = symbol;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    Recorder recorder = new Recorder(method.getName(), symbol);
    return switch (method.getName()) {
      case "getArray" -> symbol.array();
      case "relu" -> recorder.record(new Activation(Function.RELU));
      case "sigmoid" -> recorder.record(new Activation(Function.SIGMOID));
      case "tanh" -> recorder.record(new Activation(Function.TANH));
      case "softPlus" -> recorder.record(new Activation(Function.SOFTPLUS));
      case "softSign" -> recorder.record(new Activation(Function.SOFTSIGN));
      case "selu" -> recorder.record(new Activation(Function.SELU));
      case "gelu" -> recorder.record(new Activation(Function.GELU));
      case "leakyRelu" -> recorder.record(new Activation(Function.LEAKY_RELU, (float) args[0]));
      case "elu" -> recorder.record(new Activation(Function.ELU, (float) args[0]));
      case "swish" -> recorder.record(new Activation(Function.SWISH, (float) args[0]));
      case "maxPool" -> recorder.record(pooling(Pooling.Kind.MAXIMUM, true, args));
      case "avgPool" -> recorder.record(pooling(Pooling.Kind.AVERAGE, (boolean) args[4], args));
      case "globalMaxPool" -> recorder.record(new GlobalPooling(Pooling.Kind.MAXIMUM, false));
      case "globalAvgPool" -> recorder.record(new GlobalPooling(Pooling.Kind.AVERAGE, false));
      case "convolution" -> layer(recorder, args[0], convolution(recorder, args));
      case "linear" -> layer(recorder, args[0], linear(recorder, args));
      case "batchNorm" -> layer(recorder, args[0], batchNorm(recorder, args));
      case "dropout" -> layer(recorder, args[0], new Dropout((float) args[1]));
      case "lstm" -> lstm(recorder, args);
      case "concat" -> concat(recorder, args);
      default -> throw Refusal.unknown(method.getName());
    };
  }

  private static NDList layer(Recorder recorder, Object input, Operator operator) {
    return new NDList(recorder.symbol(operator, List.of(recorder.input(input))).array());
  }

  private static Pooling pooling(Pooling.Kind kind, boolean countPadding, Object... args) {
    return new Pooling(
        kind, (Shape) args[0], (Shape) args[1], (Shape) args[2], (boolean) args[3], countPadding);
  }

  private static Convolution convolution(Recorder recorder, Object... args) {
    Shape weight = recorder.symbolOf(args[1]).shape();
    int groups = (int) args[6];
    return new Convolution(
        recorder.parameter(args[1]),
        optional(recorder, args[2]),
        weight.get(1) * groups,
        weight.get(0),
        weight.slice(2),
        (Shape) args[3],
        (Shape) args[4],
        (Shape) args[5],
        groups);
  }

  private static Linear linear(Recorder recorder, Object... args) {
    Shape weight = recorder.symbolOf(args[1]).shape();
    return new Linear(
        recorder.parameter(args[1]), optional(recorder, args[2]), weight.get(1), weight.get(0));
  }

  private static Optional<String> optional(Recorder recorder, Object bias) {
    return Optional.ofNullable(bias).map(recorder::parameter);
  }

  private static BatchNorm batchNorm(Recorder recorder, Object... args) {
    int axis = (int) args[5];
    if (axis != 1 && axis != -1) {
      throw Refusal.of("batchNorm", "a graph normalizes channels, axis 1, found axis " + axis);
    }
    return new BatchNorm(
        recorder.parameter(args[3]),
        recorder.parameter(args[4]),
        recorder.parameter(args[1]),
        recorder.parameter(args[2]),
        recorder.symbolOf(args[1]).shape().get(0),
        (float) args[7],
        (float) args[6]);
  }

  private Object lstm(Recorder recorder, Object... args) {
    boolean zeros =
        ((NDList) args[1]).stream().map(Symbol::of).allMatch(s -> s != null && s.isZeros());
    if (!zeros || !(boolean) args[8]) {
      throw Refusal.of(
          "lstm", "a graph starts sequences from a state of zeros, with the batch as axis 0");
    }
    List<String> parameters = new ArrayList<>();
    List<String> weights = new ArrayList<>();
    for (NDArray parameter : (NDList) args[2]) {
      parameters.add(recorder.parameter(parameter));
      if (Symbol.of(parameter).shape().dimension() == 2) {
        weights.add(recorder.parameter(parameter));
      }
    }
    Shape first = Symbol.of(((NDList) args[2]).get(0)).shape();
    Lstm operator =
        new Lstm(
            parameters,
            weights,
            first.get(1),
            first.get(0) / 4,
            (int) args[4],
            (boolean) args[3],
            (double) args[5],
            (boolean) args[7]);
    Symbol input = recorder.input(args[0]);
    NDArray output = recorder.symbol(operator, List.of(input)).array();
    NDArray state = Symbol.parameter(symbol.tracer(), "an lstm's last state", new Shape(1)).array();
    return new NDList(output, state, state);
  }

  private Object concat(Recorder recorder, Object... args) {
    List<Symbol> inputs = new ArrayList<>(List.of(symbol));
    ((NDList) args[0]).forEach(array -> inputs.add(recorder.input(array)));
    int axis = args.length == 1 ? 0 : Math.floorMod((int) args[1], symbol.shape().dimension());
    if (axis == 0) {
      throw Refusal.of("concat", "it joins batches, axis 0; a graph joins axes after it");
    }
    return recorder.symbol(new Concatenation(axis), inputs).array();
  }
}
