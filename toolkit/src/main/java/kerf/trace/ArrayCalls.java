package kerf.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Answers a block's calls of {@code NDArray}. */
final class ArrayCalls implements InvocationHandler {
  private static final Set<String> SHAPE_ALONE =
      Set.of("size", "isScalar", "isSparse", "isEmpty", "shapeEquals", "getResourceNDArrays");

  /** What must stand in the parentheses of an operator that has a case of its own. */
  private static final Map<String, String> FORMS =
      Map.of(
          "add", "two arrays",
          "mul", "two arrays",
          "addi", "two arrays",
          "muli", "two arrays",
          "minimum", "an array and a number",
          "maximum", "an array and a number",
          "mean", "an array over axes, with keepDims",
          "max", "an array over axes, with keepDims",
          "toType", "an array as INT64, before oneHot",
          "oneHot", "an array of INT64, as floats");

  private final Symbol symbol;

  ArrayCalls(Symbol symbol) {
    this.symbol = symbol;
  }

  Symbol symbol() {
    return symbol;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    return switch (method.getName()) {
      case "getShape" -> symbol.shape();
      case "getDataType" -> DataType.FLOAT32;
      case "getSparseFormat" -> SparseFormat.DENSE;
      case "getDevice" -> Device.cpu();
      case "getManager" -> Symbol.proxy(method.getReturnType(), new MemoryCalls(symbol.tracer()));
      case "getNDArrayInternal" -> Symbol.proxy(method.getReturnType(), new EngineCalls(symbol));
      case "getName", "setName", "close", "attach", "tempAttach", "detach" -> null;
      case "isReleased" -> false;
      case "duplicate" -> proxy;
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString", "getUid" -> "symbol" + System.identityHashCode(proxy);
      default -> operator(proxy, method, args);
    };
  }

  private Object operator(Object proxy, Method method, Object... args) throws Throwable {
    Recorder recorder = new Recorder(method.getName(), symbol);
    boolean arrays = args != null && args.length > 0 && args[0] instanceof NDArray;
    boolean number = args != null && args.length > 0 && args[0] instanceof Number;
    switch (method.getName()) {
      case "add", "mul", "addi", "muli":
        if (arrays) {
          return binary(recorder, method.getName(), args[0]);
        }
        break;
      case "minimum", "maximum":
        if (number) {
          return bound(recorder, method.getName(), ((Number) args[0]).doubleValue());
        }
        break;
      case "clip":
        return recorder.record(
            new Clip(((Number) args[0]).doubleValue(), ((Number) args[1]).doubleValue()));
      case "tanh":
        return recorder.record(new Activation(Activation.Function.TANH));
      case "softmax":
        return recorder.softmax(Activation.Function.SOFTMAX, (int) args[0]);
      case "logSoftmax":
        return recorder.softmax(Activation.Function.LOG_SOFTMAX, (int) args[0]);
      case "reshape":
        if (args[0] instanceof Shape shape) {
          return recorder.reshape(shape);
        }
        break;
      case "flatten":
        return flatten(recorder, args);
      case "expandDims":
        return expand(recorder, (int) args[0]);
      case "squeeze":
        if (args != null && args[0] instanceof int[] axes) {
          return squeeze(recorder, axes);
        }
        break;
      case "toType":
        if (args[0] == DataType.INT64) {
          return recorder.input(symbol.array()).asWhole().array();
        }
        break;
      case "oneHot":
        if (symbol.isWhole() && args.length == 1) {
          return new Recorder("oneHot", symbol.asFloats()).record(new OneHot((int) args[0]));
        }
        break;
      case "transpose":
        return transpose(recorder, args == null ? null : (int[]) args[0]);
      case "mean", "max":
        if (args != null && args.length == 2) {
          return recorder.global(method.getName(), (int[]) args[0], (boolean) args[1]);
        }
        break;
      case "get":
        if (args[args.length - 1] instanceof NDIndex index) {
          return select(recorder, index);
        }
        break;
      default:
        break;
    }
    return other(proxy, method, args);
  }

  /** A method without a case of its own: by those that have one, if it is written so. */
  private Object other(Object proxy, Method method, Object... args) throws Throwable {
    boolean gives =
        NDArray.class.isAssignableFrom(method.getReturnType())
            || method.getReturnType() == NDList.class;
    if (!gives && !SHAPE_ALONE.contains(method.getName())) {
      throw method.getName().equals("toByteBuffer")
          ? Refusal.of(
              "toByteBuffer",
              "an array of constants meets a traced one; make it a parameter of the block")
          : Refusal.values(method.getName());
    }
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    String known = FORMS.get(method.getName());
    if (known == null) {
      throw Refusal.unknown(method.getName());
    }
    throw Refusal.form(method.getName(), known, args);
  }

  private Object binary(Recorder recorder, String name, Object other) {
    Operator operator = name.startsWith("add") ? new Add() : new Multiply();
    Symbol result = recorder.symbol(operator, List.of(symbol, recorder.input(other)));
    return (name.endsWith("i") ? symbol.become(result) : result).array();
  }

  private Object bound(Recorder recorder, String name, double number) {
    if (name.equals("maximum")) {
      return recorder.record(new Clip(number, Double.POSITIVE_INFINITY));
    }
    Symbol input = recorder.input(symbol.array());
    Tracer.Call call = symbol.tracer().call(input.node());
    if (number == 6 && call.operator().equals(new Activation(Activation.Function.RELU))) {
      // ReLU6 as DJL writes it: one operator for whoever reads the graph.
      Symbol before = Symbol.node(symbol.tracer(), call.inputs().get(0), call.shape());
      return recorder.symbol(new Activation(Activation.Function.RELU6), List.of(before)).array();
    }
    return recorder.record(new Clip(Double.NEGATIVE_INFINITY, number));
  }

  private Object flatten(Recorder recorder, Object... args) {
    int rank = symbol.shape().dimension();
    int from = args == null ? 0 : Math.floorMod((int) args[0], rank);
    int to = args == null ? rank - 1 : Math.floorMod((int) args[1], rank);
    Shape shape = symbol.shape();
    long length = shape.slice(from, to + 1).size();
    return recorder.reshape(shape.slice(0, from).add(length).addAll(shape.slice(to + 1)));
  }

  private Object expand(Recorder recorder, int axis) {
    int place = Math.floorMod(axis, symbol.shape().dimension() + 1);
    Shape shape = symbol.shape();
    return recorder.reshape(shape.slice(0, place).add(1).addAll(shape.slice(place)));
  }

  private Object squeeze(Recorder recorder, int... axes) {
    int rank = symbol.shape().dimension();
    Set<Integer> gone = new java.util.HashSet<>();
    Arrays.stream(axes).forEach(axis -> gone.add(Math.floorMod(axis, rank)));
    long[] kept =
        IntStream.range(0, rank)
            .filter(axis -> !gone.contains(axis))
            .mapToLong(axis -> symbol.shape().get(axis))
            .toArray();
    return recorder.reshape(new Shape(kept));
  }

  private Object transpose(Recorder recorder, int... axes) {
    int rank = symbol.shape().dimension();
    int[] order = axes == null ? IntStream.range(0, rank).map(i -> rank - 1 - i).toArray() : axes;
    if (order[0] != 0) {
      throw Refusal.of("transpose", "it moves the batch from axis 0; leave that axis where it is");
    }
    return recorder.record(new Transpose(Arrays.stream(order).boxed().toList()));
  }

  private Object select(Recorder recorder, NDIndex index) {
    List<NDIndexElement> elements = index.getIndices();
    List<Integer> fixed =
        IntStream.range(0, elements.size())
            .filter(axis -> elements.get(axis) instanceof NDIndexFixed)
            .boxed()
            .toList();
    boolean others =
        elements.stream().allMatch(e -> e instanceof NDIndexFixed || e instanceof NDIndexAll);
    if (index.getEllipsisIndex() >= 0 || !others || fixed.size() != 1 || fixed.get(0) == 0) {
      throw Refusal.of(
          "get", "a graph takes one slice of one axis after the batch, such as get(\":, -1\")");
    }
    int axis = fixed.get(0);
    return recorder.record(new Select(axis, ((NDIndexFixed) elements.get(axis)).getIndex()));
  }
}
