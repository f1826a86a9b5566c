package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A linear map of the last axis: {@code torch.nn.functional.linear}.
 *
 * @param weight its parameter of shape {@code (outputs, inputs)}
 * @param bias its parameter of shape {@code (outputs)}, if any
 * @param inputs input features
 * @param outputs output features
 */
public record Linear(String weight, Optional<String> bias, long inputs, long outputs)
    implements Operator {

  @Override
  public String word() {
    return "fc";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    int last = input.dimension() - 1;
    if (last < 0 || input.get(last) != inputs) {
      throw new IllegalArgumentException(
          "%s needs an input whose last axis is %d, found %s"
              .formatted(this, inputs, Sizes.text(input)));
    }
    return input.slice(0, last).add(outputs);
  }

  @Override
  public List<String> parameters() {
    return Stream.concat(Stream.of(weight), bias.stream()).toList();
  }

  @Override
  public List<String> weights() {
    return List.of(weight);
  }

  @Override
  public long positions(Shape output) {
    return output.size() / outputs;
  }

  @Override
  public long macs(Shape output) {
    return positions(output) * outputs * inputs;
  }

  @Override
  public Linear resized(List<Shape> shapes, Function<String, Shape> parameters) {
    Shape own = parameters.apply(weight);
    return new Linear(weight, bias, own.get(1), own.get(0));
  }

  @Override
  public NDArray run(List<NDArray> arrays, Binding binding) {
    NDArray input = arrays.get(0);
    return input
        .getNDArrayInternal()
        .linear(input, binding.array(weight), bias.map(binding::array).orElse(null))
        .singletonOrThrow();
  }

  @Override
  public String toString() {
    return "Linear(%d→%d)".formatted(inputs, outputs);
  }
}
