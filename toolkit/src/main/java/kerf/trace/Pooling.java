package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The maximum or mean under a sliding kernel: {@code torch.max_pool2d, avg_pool2d} and their one-
 * and three-dimensional kin.
 *
 * @param kind maximum or mean
 * @param kernel the size of the kernel
 * @param stride the step of the kernel
 * @param padding added on each side: zeros for a mean, nothing for a maximum
 * @param ceiling whether a kernel that hangs over the edge counts
 * @param countPadding whether the padding counts in a mean
 */
public record Pooling(
    Kind kind, Shape kernel, Shape stride, Shape padding, boolean ceiling, boolean countPadding)
    implements Operator {

  /** What is taken of the values under the kernel. */
  public enum Kind {
    /** The largest. */
    MAXIMUM("MaxPool"),
    /** The mean. */
    AVERAGE("AvgPool");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  @Override
  public String word() {
    return kind == Kind.MAXIMUM ? "maxpool" : "avgpool";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    if (input.dimension() != kernel.dimension() + 1) {
      throw new IllegalArgumentException(
          "%s needs channels and %d dimensions more, found %s"
              .formatted(this, kernel.dimension(), Sizes.text(input)));
    }
    Shape output = new Shape(input.get(0));
    for (int i = 0; i < kernel.dimension(); i++) {
      output = output.add(positions(input.get(i + 1), i));
    }
    return output;
  }

  private long positions(long length, int axis) {
    long step = stride.get(axis);
    long room = length + 2 * padding.get(axis) - kernel.get(axis);
    if (!ceiling) {
      return room / step + 1;
    }
    long positions = (room + step - 1) / step + 1;
    // A kernel that would begin in the padding behind the input is left out, as in PyTorch.
    return (positions - 1) * step >= length + padding.get(axis) ? positions - 1 : positions;
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArrayEx engine = inputs.get(0).getNDArrayInternal();
    return kind == Kind.MAXIMUM
        ? engine.maxPool(kernel, stride, padding, ceiling)
        : engine.avgPool(kernel, stride, padding, ceiling, countPadding);
  }

  @Override
  public String toString() {
    String step = stride.equals(kernel) ? "" : Sizes.unless(0, ", stride ", stride);
    return "%s%dd(%s%s%s%s)"
        .formatted(
            kind,
            kernel.dimension(),
            Sizes.text(kernel),
            step,
            Sizes.unless(0, ", padding ", padding),
            ceiling ? ", ceiling" : "");
  }
}
