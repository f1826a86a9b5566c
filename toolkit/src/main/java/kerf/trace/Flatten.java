package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** All of a sample's elements in a row: channels outermost, then rows, then columns. */
public record Flatten() implements Operator {
  @Override
  public String word() {
    return "flatten";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return new Shape(inputs.get(0).size());
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).reshape(inputs.get(0).size(0), -1);
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
