package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * What a block gets in place of an array: the output of a recorded call, a parameter, or zeros. It
 * has a shape and no values.
 */
final class Symbol {
  private static final int NO_NODE = -1;

  private final Tracer tracer;
  private final String parameter;
  private final NDArray array;
  private int node;
  private Shape shape;
  private boolean whole;

  private Symbol(Tracer tracer, int node, String parameter, Shape shape) {
    this.tracer = tracer;
    this.node = node;
    this.parameter = parameter;
    this.shape = shape;
    this.array = proxy(NDArray.class, new ArrayCalls(this));
  }

  static Symbol node(Tracer tracer, int place, Shape sample) {
    return new Symbol(tracer, place, null, new Shape(Tracer.BATCH).addAll(sample));
  }

  static Symbol parameter(Tracer tracer, String name, Shape shape) {
    return new Symbol(tracer, NO_NODE, name, shape);
  }

  static Symbol zeros(Tracer tracer, Shape shape) {
    return new Symbol(tracer, NO_NODE, null, shape);
  }

  /** The symbol behind an array; null for an array of values. */
  static Symbol of(Object array) {
    return array != null
            && Proxy.isProxyClass(array.getClass())
            && Proxy.getInvocationHandler(array) instanceof ArrayCalls calls
        ? calls.symbol()
        : null;
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Symbol.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** The same as whole numbers. */
  Symbol asWhole() {
    Symbol numbers = new Symbol(tracer, node, parameter, shape);
    numbers.whole = true;
    return numbers;
  }

  /** The same as floats. */
  Symbol asFloats() {
    return new Symbol(tracer, node, parameter, shape);
  }

  /** Whether these are whole numbers, which a graph takes for {@link OneHot} alone. */
  boolean isWhole() {
    return whole;
  }

  Tracer tracer() {
    return tracer;
  }

  /** What the block holds. */
  NDArray array() {
    return array;
  }

  /** Whether this is the output of a call, the input among them. */
  boolean isNode() {
    return node != NO_NODE;
  }

  boolean isZeros() {
    return !isNode() && parameter == null;
  }

  /** The call's place. */
  int node() {
    return node;
  }

  /** The parameter's name, null for what is none. */
  String parameter() {
    return parameter;
  }

  /** The shape that the block sees. */
  Shape shape() {
    return shape;
  }

  /** The shape of one sample. */
  Shape sample() {
    return shape.slice(1);
  }

  /** Takes over what another symbol stands for: the operator was one that writes in place. */
  Symbol become(Symbol other) {
    node = other.node;
    shape = other.shape;
    return this;
  }
}
