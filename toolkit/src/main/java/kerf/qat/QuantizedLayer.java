package kerf.qat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kerf.scheme.IntegerFormat;
import kerf.tensor.RecordedFunction;
import kerf.trace.Binding;
import kerf.trace.Operator;
import kerf.trace.OwnOperator;

/**
 * A convolution or a linear layer that computes with rounded weights and trains those behind them:
 * the gradient goes through the rounding as if it were not there, where the rounded integer is on
 * the grid.
 *
 * <p>Where batch normalization follows, weights are rounded as they will be when it is folded into
 * them, {@code w * gamma / sqrt(running variance + epsilon)}, and scaled back, so that what the
 * normalization sees is as large as ever. PyTorch scales the layer's output back instead, which is
 * the same and a pass over the activations more.
 *
 * @param layer a convolution or linear layer
 * @param weight the name of its weight
 * @param shape the weight's shape
 * @param format the grid
 * @param range where its ends come from
 * @param fold the batch normalization behind the layer, if it will be folded
 * @param switches the name of the state that says what is frozen
 */
record QuantizedLayer(
    Operator layer,
    String weight,
    Shape shape,
    IntegerFormat format,
    WeightRange range,
    Optional<Fold> fold,
    String switches)
    implements OwnOperator {

  @Override
  public Operator inner() {
    return layer;
  }

  @Override
  public String word() {
    return layer.word();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return layer.outputShape(inputs);
  }

  @Override
  public List<String> parameters() {
    Stream<String> own = Stream.of();
    if (range instanceof WeightRange.Moving moving) {
      own = Stream.of(moving.range(), switches);
    } else if (range instanceof WeightRange.Learned learned) {
      own = Stream.of(learned.step());
    }
    return Stream.concat(layer.parameters().stream(), own).toList();
  }

  @Override
  public List<String> weights() {
    return layer.weights();
  }

  @Override
  public long positions(Shape output) {
    return layer.positions(output);
  }

  @Override
  public long macs(Shape output) {
    return layer.macs(output);
  }

  @Override
  public QuantizedLayer resized(List<Shape> inputs, Function<String, Shape> parameters) {
    return new QuantizedLayer(
        layer.resized(inputs, parameters),
        weight,
        parameters.apply(weight),
        format,
        range,
        fold,
        switches);
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    return layer.run(inputs, new ValuedBinding(binding, Map.of(weight, rounded(binding))));
  }

  private NDArray rounded(Binding binding) {
    RecordedFunction function =
        range instanceof WeightRange.Learned
            ? LearnedScript.weights(format, shape, fold)
            : RoundingScript.weights(format, shape, range, fold, binding.training());
    List<NDArray> arguments = new ArrayList<>();
    arguments.add(binding.array(weight));
    fold.ifPresent(
        behind -> {
          arguments.add(binding.array(behind.scale()));
          arguments.add(binding.array(behind.variance()));
        });
    if (range instanceof WeightRange.Moving moving) {
      arguments.add(binding.array(moving.range()));
      arguments.add(binding.array(switches));
    } else if (range instanceof WeightRange.Learned learned) {
      arguments.add(binding.array(learned.step()));
    }
    return function.apply(arguments.toArray(NDArray[]::new));
  }

  @Override
  public String toString() {
    return "%s, weights %s".formatted(layer, format);
  }
}
