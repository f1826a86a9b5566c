package kerf.quantization;

import ai.djl.ndarray.NDArray;
import java.util.List;
import kerf.scheme.IntegerFormat;
import kerf.trace.Binding;
import kerf.trace.Linear;

/**
 * A linear layer whose input is rounded as it comes: {@code torch.ao.nn.quantized.dynamic.Linear}.
 *
 * @param layer the layer; its weights are rounded already
 * @param input the grid of the input
 */
record DynamicLinear(Linear layer, IntegerFormat input) implements DynamicLayer {
  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    requireInference(binding);
    return layer.run(List.of(rounded(inputs.get(0))), binding);
  }

  @Override
  public String toString() {
    return "Dynamic%s".formatted(layer);
  }
}
