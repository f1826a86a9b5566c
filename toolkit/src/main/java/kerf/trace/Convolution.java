package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Convolution over one, two or three dimensions: {@code torch.conv1d, conv2d, conv3d}.
 *
 * @param weight its parameter of shape {@code (outputs, inputs / groups, kernel...)}
 * @param bias its parameter of shape {@code (outputs)}, if any
 * @param inputs input channels
 * @param outputs output channels
 * @param kernel the size of the kernel
 * @param stride the step of the kernel
 * @param padding zeros added on each side
 * @param dilation the distance between taps of the kernel
 * @param groups groups of channels that do not see each other; as many as channels: depthwise
 */
public record Convolution(
    String weight,
    Optional<String> bias,
    long inputs,
    long outputs,
    Shape kernel,
    Shape stride,
    Shape padding,
    Shape dilation,
    int groups)
    implements Operator {

  @Override
  public String word() {
    return "conv";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    if (input.dimension() != kernel.dimension() + 1 || input.get(0) != inputs) {
      throw new IllegalArgumentException(
          "%s needs an input of %d channels and %d dimensions more, found %s"
              .formatted(this, inputs, kernel.dimension(), Sizes.text(input)));
    }
    Shape output = new Shape(outputs);
    for (int i = 0; i < kernel.dimension(); i++) {
      long reach = dilation.get(i) * (kernel.get(i) - 1) + 1;
      output = output.add((input.get(i + 1) + 2 * padding.get(i) - reach) / stride.get(i) + 1);
    }
    return output;
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
    return output.size() / output.get(0);
  }

  @Override
  public long macs(Shape output) {
    return positions(output) * outputs * (inputs / groups) * kernel.size();
  }

  /**
   * Tells whether each input channel has filters of its own.
   *
   * @return true if there are as many groups as input channels, and more than one
   */
  public boolean depthwise() {
    return groups > 1 && groups == inputs;
  }

  @Override
  public Convolution resized(List<Shape> shapes, Function<String, Shape> parameters) {
    Shape own = parameters.apply(weight);
    long channels = shapes.get(0).get(0);
    return new Convolution(
        weight,
        bias,
        channels,
        own.get(0),
        own.slice(2),
        stride,
        padding,
        dilation,
        Math.toIntExact(channels / own.get(1)));
  }

  @Override
  public NDArray run(List<NDArray> arrays, Binding binding) {
    NDArray input = arrays.get(0);
    return input
        .getNDArrayInternal()
        .convolution(
            input,
            binding.array(weight),
            bias.map(binding::array).orElse(null),
            stride,
            padding,
            dilation,
            groups)
        .singletonOrThrow();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("Conv%dd(%d→%d, ".formatted(kernel.dimension(), inputs, outputs));
    text.append(Sizes.text(kernel));
    text.append(Sizes.unless(1, ", stride ", stride));
    text.append(Sizes.unless(0, ", padding ", padding));
    text.append(Sizes.unless(1, ", dilation ", dilation));
    text.append(groups == 1 ? "" : ", groups " + groups);
    return text.append(")").toString();
  }
}
