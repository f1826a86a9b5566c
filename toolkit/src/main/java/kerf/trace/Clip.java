package kerf.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Values held between two bounds: {@code torch.clamp}.
 *
 * @param low the smallest output; minus infinity for none
 * @param high the largest output; infinity for none
 */
public record Clip(double low, double high) implements Operator {
  @Override
  public String word() {
    return "clip";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public String toString() {
    return "Clip(%s, %s)".formatted((float) low, (float) high);
  }
}
