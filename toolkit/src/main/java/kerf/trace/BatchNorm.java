package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * Batch normalization of the channels (axis 1): Ioffe and Szegedy 2015, {@code
 * torch.nn.functional.batch_norm}. All four parameters have one element a channel.
 *
 * @param scale the name of gamma
 * @param shift the name of beta
 * @param runningMean the name of the running mean
 * @param runningVariance the name of the running variance
 * @param channels their number
 * @param epsilon added to the variance
 * @param momentum how much of a running statistic stays at a step, as DJL has it: 1 minus PyTorch's
 */
public record BatchNorm(
    String scale,
    String shift,
    String runningMean,
    String runningVariance,
    long channels,
    float epsilon,
    float momentum)
    implements Operator {

  @Override
  public String word() {
    return "bn";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    if (input.dimension() == 0 || input.get(0) != channels) {
      throw new IllegalArgumentException(
          "%s needs an input of %d channels, found %s"
              .formatted(this, channels, Sizes.text(input)));
    }
    return input;
  }

  @Override
  public List<String> parameters() {
    return List.of(scale, shift, runningMean, runningVariance);
  }

  @Override
  public BatchNorm resized(List<Shape> shapes, Function<String, Shape> parameters) {
    return new BatchNorm(
        scale,
        shift,
        runningMean,
        runningVariance,
        parameters.apply(scale).get(0),
        epsilon,
        momentum);
  }

  /** In training, moves the running statistics in place. */
  @Override
  public NDArray run(List<NDArray> arrays, Binding binding) {
    NDArray input = arrays.get(0);
    // Axis -1 is the engine's own layout, channels on axis 1; for 1 DJL would swap axes twice.
    return input
        .getNDArrayInternal()
        .batchNorm(
            input,
            binding.array(runningMean),
            binding.array(runningVariance),
            binding.array(scale),
            binding.array(shift),
            -1,
            momentum,
            epsilon,
            binding.training())
        .singletonOrThrow();
  }

  @Override
  public String toString() {
    return "BatchNorm(%d)".formatted(channels);
  }
}
