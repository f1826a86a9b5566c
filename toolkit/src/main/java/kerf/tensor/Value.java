package kerf.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Collection;

/**
 * An argument or a result of a {@link Script}: an array, a list of arrays, or a number.
 *
 * <p>A value keeps its arrays alive by itself and may be passed to any number of calls, so a list
 * that stays the same over a loop is made once.
 */
public final class Value implements AutoCloseable {
  private final IValue value;

  Value(IValue value) {
    this.value = value;
  }

  /**
   * Wraps an array.
   *
   * @param array an array of the engine
   * @return the argument {@code Tensor}
   */
  public static Value of(NDArray array) {
    return new Value(IValue.from(ofEngine(array)));
  }

  /**
   * Wraps arrays.
   *
   * @param arrays arrays of the engine
   * @return the argument {@code List[Tensor]}
   */
  public static Value of(Collection<NDArray> arrays) {
    return new Value(
        IValue.listFrom(arrays.stream().map(Value::ofEngine).toArray(PtNDArray[]::new)));
  }

  /**
   * Wraps a number.
   *
   * @param number any number
   * @return the argument {@code float}
   */
  public static Value of(double number) {
    return new Value(IValue.from(number));
  }

  /**
   * Wraps whole numbers.
   *
   * @param numbers any numbers
   * @return the argument {@code List[int]}
   */
  public static Value of(long... numbers) {
    return new Value(IValue.listFrom(numbers));
  }

  /**
   * Gives the array that a script returned.
   *
   * @param neighbour an array whose scope the result joins
   * @return the array
   */
  public NDArray array(NDArray neighbour) {
    return value.toTensor((PtNDManager) neighbour.getManager());
  }

  private static PtNDArray ofEngine(NDArray array) {
    if (array instanceof PtNDArray own) {
      return own;
    }
    throw new IllegalArgumentException(
        "a script computes with arrays of the engine, found a symbol; a block that calls one cannot be traced");
  }

  /** Lets go of the value; arrays owned by a scope stay. */
  @Override
  public void close() {
    value.close();
  }

  static IValue[] natives(Value... values) {
    IValue[] natives = new IValue[values.length];
    for (int i = 0; i < values.length; i++) {
      natives[i] = values[i].value;
    }
    return natives;
  }
}
