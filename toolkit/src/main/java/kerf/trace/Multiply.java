package kerf.trace;

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
  public String toString() {
    return "Multiply";
  }
}
