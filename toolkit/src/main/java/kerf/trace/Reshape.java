package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The same elements under another shape of two axes or more; the batch stays.
 *
 * @param rest the sizes of the output's axes after its first, which takes what is left: {@code 1,
 *     1} makes {@code 512×1×1} of a vector of 512
 */
public record Reshape(Shape rest) implements Operator {
  @Override
  public String word() {
    return "reshape";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    long size = inputs.get(0).size();
    if (size % rest.size() != 0) {
      throw new IllegalArgumentException(
          "%s cannot take %s: %d elements do not divide by %d"
              .formatted(this, Sizes.text(inputs.get(0)), size, rest.size()));
    }
    return new Shape(size / rest.size()).addAll(rest);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return inputs.get(0).reshape(new Shape(inputs.get(0).size(0), -1).addAll(rest));
  }

  @Override
  public String toString() {
    return "Reshape(…×%s)".formatted(Sizes.text(rest));
  }
}
