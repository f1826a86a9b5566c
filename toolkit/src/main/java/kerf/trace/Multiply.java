package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The product of two inputs of one shape, element by element. */
public record Multiply() implements Operator {
  @Override
  public String word() {
    return "multiply";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Sizes.same(this, inputs);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).mul(inputs.get(1));
  }

  @Override
  public String toString() {
    return "Multiply";
  }
}
