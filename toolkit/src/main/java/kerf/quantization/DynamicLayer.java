package kerf.quantization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.trace.Binding;
import kerf.trace.Operator;
import kerf.trace.OwnOperator;

/**
 * A layer of dynamic quantization: what its weights multiply is rounded, as it comes, to a grid
 * over its own least and greatest number ({@link FusedRange}), the whole batch together. So a
 * sample's output depends, a little, on its neighbours, in PyTorch as here.
 */
sealed interface DynamicLayer extends OwnOperator permits DynamicLinear, DynamicLstm {
  /** Rounds as {@code torch.quantize_per_tensor} does: the zero point is added before rounding. */
  Script ROUNDING =
      Script.compile(
          """
          def ends(self: __torch__.Kerf, x: Tensor) -> Tensor:
            return torch.stack([torch.min(x), torch.max(x)])
          def rounded(self: __torch__.Kerf, x: Tensor, inverse: float, scale: float, zero: float, least: float, most: float) -> Tensor:
            q = torch.clamp(torch.round(torch.add(torch.mul(x, inverse), zero)), least, most)
            return torch.mul(torch.sub(q, zero), scale)
          """);

  /**
   * Gives the layer as it is in floats.
   *
   * @return a linear layer or an LSTM
   */
  Operator layer();

  /**
   * Gives the grid of what the weights multiply.
   *
   * @return one scale a tensor
   */
  IntegerFormat input();

  /** Rounds an array to a grid over its own range. */
  default NDArray rounded(NDArray x) {
    float[] ends;
    try (Value array = Value.of(x);
        Value found = ROUNDING.call("ends", array)) {
      ends = found.array(x).toFloatArray();
    }
    QuantParams params = FusedRange.params(input(), ends[0], ends[1]);
    try (Value array = Value.of(x);
        Value inverse = Value.of((double) (1f / params.scale()));
        Value scale = Value.of((double) params.scale());
        Value zero = Value.of((double) params.zeroPoint());
        Value least = Value.of((double) input().whole().min());
        Value most = Value.of((double) input().whole().max());
        Value rounded = ROUNDING.call("rounded", array, inverse, scale, zero, least, most)) {
      return rounded.array(x);
    }
  }

  /** Refuses to be trained: what is rounded here has no history. */
  default void requireInference(Binding binding) {
    if (binding.training()) {
      throw new IllegalStateException(
          "%s computes in inference alone; train the float network, .original(), and quantize that"
              .formatted(this));
    }
  }

  @Override
  default String word() {
    return layer().word();
  }

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return layer().outputShape(inputs);
  }

  @Override
  default List<String> parameters() {
    return layer().parameters();
  }

  @Override
  default List<String> weights() {
    return layer().weights();
  }

  @Override
  default long positions(Shape output) {
    return layer().positions(output);
  }

  @Override
  default long macs(Shape output) {
    return layer().macs(output);
  }
}
