package kerf.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * A function of arrays written in TorchScript that is recorded like an operator of the engine's
 * own: while {@link Scope#recording}, its result has a history and gradients flow through it. (A
 * {@link Script} may take more kinds of arguments, but its results end the history.)
 *
 * <pre>{@code
 * RecordedFunction twice = RecordedFunction.compile(
 *     "def forward(self: __torch__.Kerf, x: Tensor) -> Tensor:\n"
 *     + "  return torch.mul(x, 2)\n");
 * }</pre>
 */
public final class RecordedFunction {
  private final PtSymbolBlock module;

  private RecordedFunction(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Compiles a function; it lives as long as the process.
   *
   * @param forward the TorchScript method {@code forward}, whose first argument is {@code self:
   *     __torch__.Kerf} and whose others and result are {@code Tensor}, not indented
   * @return the compiled function
   * @throws RuntimeException with the engine's message and line if the text does not compile
   */
  public static RecordedFunction compile(String forward) {
    return new RecordedFunction(Script.module(forward));
  }

  /**
   * Calls the function.
   *
   * @param arguments its arguments in order, without {@code self}
   * @return what it returns, in the scope of the first argument
   */
  public NDArray apply(NDArray... arguments) {
    return IValueUtils.forward(module, new NDList(arguments), true).singletonOrThrow();
  }
}
