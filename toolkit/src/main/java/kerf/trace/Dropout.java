package kerf.trace;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Elements dropped at random in training: {@link kerf.model.Dropout}.
 *
 * @param rate the fraction dropped, in [0, 1)
 */
public record Dropout(double rate) implements Operator {
  @Override
  public String word() {
    return "dropout";
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArray input = inputs.get(0);
    return binding.training() && rate > 0
        ? kerf.model.Dropout.drop(input, (float) rate, binding.dropout())
        : input;
  }

  @Override
  public String toString() {
    return "Dropout(%s)".formatted((float) rate);
  }
}
