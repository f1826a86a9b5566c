package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Whole numbers as vectors with a single 1: {@code torch.nn.functional.one_hot}. The vectors are a
 * new last axis.
 *
 * @param depth how many numbers there are: 0 to depth - 1
 */
public record OneHot(long depth) implements Operator {
  @Override
  public String word() {
    return "onehot";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0).add(depth);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).toType(DataType.INT64, false).oneHot(Math.toIntExact(depth));
  }

  @Override
  public String toString() {
    return "OneHot(%d)".formatted(depth);
  }
}
