package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The sum of two inputs of one shape, element by element. */
public record Add() implements Operator {
  @Override
  public String word() {
    return "add";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Sizes.same(this, inputs);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).add(inputs.get(1));
  }

  @Override
  public String toString() {
    return "Add";
  }
}
