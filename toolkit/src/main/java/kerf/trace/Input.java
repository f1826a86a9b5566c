package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The network's input: the first node of every graph.
 *
 * @param shape the shape of one sample
 */
public record Input(Shape shape) implements Operator {
  @Override
  public String word() {
    return "input";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return shape;
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    throw new IllegalStateException("the input is given, not computed");
  }

  @Override
  public String toString() {
    return "Input";
  }
}
