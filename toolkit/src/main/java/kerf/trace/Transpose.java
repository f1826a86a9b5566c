package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Axes in another order: {@code torch.permute}.
 *
 * @param axes which input axis each output axis is, the batch counted; it stays the first, 0
 */
public record Transpose(List<Integer> axes) implements Operator {
  @Override
  public String word() {
    return "transpose";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return new Shape(axes.stream().skip(1).mapToLong(axis -> input.get(axis - 1)).toArray());
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).transpose(axes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public String toString() {
    return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "Transpose(", ")"));
  }
}
