package kerf.qat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.scheme.IntegerFormat;
import kerf.trace.Binding;
import kerf.trace.OwnOperator;

/**
 * Rounds activations to a grid whose range is a running average of what it saw in training, as
 * {@code torch.ao.quantization.FusedMovingAvgObsFakeQuantize}: the first batch sets the range, then
 * {@code m = m + c * (batch - m)}; scales and zero points by {@link kerf.scheme.FusedRange}. The
 * gradient is 1 where the rounded integer is on the grid, else 0.
 *
 * <p>Until it has seen anything but zeros it passes on what it gets.
 *
 * @param range the name of the state that holds least and greatest, of shape {@code (2, 1)}
 * @param switches the name of the state that says what is frozen, see {@link Switch}
 * @param format the grid, one scale a tensor
 * @param constant the weight of a new batch
 */
record RunningFakeQuantize(String range, String switches, IntegerFormat format, double constant)
    implements OwnOperator {

  @Override
  public String word() {
    return "fakequantize";
  }

  @Override
  public List<String> parameters() {
    return List.of(range, switches);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return RoundingScript.activations(format, constant, binding.training())
        .apply(inputs.get(0), binding.array(range), binding.array(switches));
  }

  @Override
  public String toString() {
    return "FakeQuantize(%s, moving average %s)".formatted(format, constant);
  }
}
