package kerf.qat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import kerf.tensor.RecordedFunction;
import kerf.trace.BatchNorm;
import kerf.trace.Binding;
import kerf.trace.OwnOperator;

/**
 * Batch normalization whose running statistics can be frozen while it trains, as {@code
 * torch.ao.nn.intrinsic.qat.freeze_bn_stats}: from then on it normalizes by them, as in inference,
 * and scale and shift are still trained.
 *
 * @param inner the normalization
 * @param switches the name of the state that says what is frozen
 */
record FreezableBatchNorm(BatchNorm inner, String switches) implements OwnOperator {

  @Override
  public String word() {
    return inner.word();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inner.outputShape(inputs);
  }

  @Override
  public List<String> parameters() {
    return Stream.concat(inner.parameters().stream(), Stream.of(switches)).toList();
  }

  @Override
  public FreezableBatchNorm resized(List<Shape> inputs, Function<String, Shape> parameters) {
    return new FreezableBatchNorm(inner.resized(inputs, parameters), switches);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    if (!binding.training()) {
      return inner.run(inputs, binding);
    }
    return function()
        .apply(
            inputs.get(0),
            binding.array(inner.scale()),
            binding.array(inner.shift()),
            binding.array(inner.runningMean()),
            binding.array(inner.runningVariance()),
            binding.array(switches));
  }

  private RecordedFunction function() {
    return RoundingScript.compiled(
        List.of("normalize", inner.momentum(), inner.epsilon()),
        () ->
            // DJL's momentum is what stays of a statistic, PyTorch's what comes in.
            """
            def forward(self: __torch__.Kerf, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, frozen: Tensor) -> Tensor:
              moving = torch.eq(float(torch.select(frozen, 0, 2)), 0.)
              return torch.batch_norm(x, gamma, beta, mean, variance, moving, %s, %s, False)
            """
                .formatted(decimal(1.0 - inner.momentum()), decimal(inner.epsilon())));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.9e", number);
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
