package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Inputs beside each other: {@code torch.cat}.
 *
 * @param axis along which, the batch counted: 1 is the channels; never 0
 */
public record Concatenation(int axis) implements Operator {
  @Override
  public String word() {
    return "concat";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    int place = axis - 1;
    long length = 0;
    for (Shape input : inputs) {
      length += input.get(place);
    }
    Shape first = inputs.get(0);
    List<Shape> others =
        inputs.stream().map(input -> input.slice(0, place).addAll(input.slice(place + 1))).toList();
    Sizes.same(this, others);
    return first.slice(0, place).add(length).addAll(first.slice(place + 1));
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return NDArrays.concat(new NDList(inputs), axis);
  }

  @Override
  public String toString() {
    return "Concat(axis %d)".formatted(axis);
  }
}
