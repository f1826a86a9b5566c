package kerf.trace;

import ai.djl.ndarray.NDArray;
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
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArray input = inputs.get(0);
    if (low == Double.NEGATIVE_INFINITY) {
      return input.minimum((float) high);
    }
    return high == Double.POSITIVE_INFINITY
        ? input.maximum((float) low)
        : input.clip((float) low, (float) high);
  }

  @Override
  public String toString() {
    return "Clip(%s, %s)".formatted((float) low, (float) high);
  }
}
