package kerf.qat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.scheme.IntegerFormat;
import kerf.trace.Binding;
import kerf.trace.OwnOperator;

/**
 * Rounds activations to a grid whose scale is trained, its zero point that of the first batch.
 * Until it has seen anything but zeros it passes on what it gets.
 *
 * @param step the name of the trained scale, of shape {@code (1)}
 * @param zero the name of the state that holds the zero point, of shape {@code (1)}
 * @param switches the name of the state that says what is delayed
 * @param format the grid, one scale a tensor
 */
record LearnedFakeQuantize(String step, String zero, String switches, IntegerFormat format)
    implements OwnOperator {

  @Override
  public String word() {
    return "fakequantize";
  }

  @Override
  public List<String> parameters() {
    return List.of(step, zero, switches);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArray x = inputs.get(0);
    long sample = x.size() / x.getShape().get(0);
    return LearnedScript.activations(format, sample, binding.training())
        .apply(x, binding.array(step), binding.array(zero), binding.array(switches));
  }

  @Override
  public String toString() {
    return "FakeQuantize(%s, learned step)".formatted(format);
  }
}
