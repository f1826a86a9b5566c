package kerf.trace;

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
  public String toString() {
    return "Add";
  }
}
