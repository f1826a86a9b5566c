package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One slice along an axis, which is gone after it: {@code torch.select}, such as the last step of a
 * sequence.
 *
 * @param axis along which, the batch counted; never 0
 * @param index which slice; negative ones count from the end, -1 is the last
 */
public record Select(int axis, long index) implements Operator {
  @Override
  public String word() {
    return "select";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return input.slice(0, axis - 1).addAll(input.slice(axis));
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).get(new NDIndex().addAllDim(axis).addIndices(index));
  }

  @Override
  public String toString() {
    return "Select(axis %d, index %d)".formatted(axis, index);
  }
}
