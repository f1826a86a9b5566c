package kerf.trace;

import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** Answers a block's calls of the manager of a symbol: there are zeros, for initial states. */
final class MemoryCalls implements InvocationHandler {
  private final Tracer tracer;

  MemoryCalls(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) {
    return switch (method.getName()) {
      case "zeros" -> Symbol.zeros(tracer, (Shape) args[0]).array();
      case "equals" -> proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default ->
          throw Refusal.of(
              method.getName(),
              "a block makes an array of its own; make it a parameter of the block");
    };
  }
}
