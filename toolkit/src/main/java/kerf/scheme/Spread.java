package kerf.scheme;

import kerf.granularity.Shape;

/** What shares a scale and a zero point: a whole tensor, a channel, or a group of weights. */
public sealed interface Spread {
  /**
   * Lays the spread over a tensor.
   *
   * @param shape the size of each axis
   * @return which elements share parameters
   * @throws IllegalArgumentException if a tensor of that shape cannot be shared out so
   */
  Layout over(long... shape);

  /** One scale for the whole tensor. */
  record PerTensor() implements Spread {
    @Override
    public Layout over(long... shape) {
      int size = Shape.size("a tensor", shape);
      return new Layout(1, size, size);
    }

    @Override
    public String toString() {
      return "per tensor";
    }
  }

  /**
   * A scale for each index along an axis; of weights, axis 0 is the output channel.
   *
   * @param axis 0 or more
   */
  record PerChannel(int axis) implements Spread {
    /**
     * Checks the axis.
     *
     * @param axis 0 or more
     */
    public PerChannel {
      if (axis < 0) {
        throw new IllegalArgumentException("axis must be 0 or more, found " + axis);
      }
    }

    @Override
    public Layout over(long... shape) {
      if (axis >= shape.length) {
        throw new IllegalArgumentException(
            "axis %d needs a tensor of more than %d axes, found shape %s"
                .formatted(axis, axis, Shape.text(shape)));
      }
      int size = Shape.size("a tensor", shape);
      int span = 1;
      for (int i = axis + 1; i < shape.length; i++) {
        span *= (int) shape[i];
      }
      return new Layout((int) shape[axis], span, size);
    }

    @Override
    public String toString() {
      return axis == 0 ? "per channel" : "per channel of axis " + axis;
    }
  }

  /**
   * A scale for so many neighbours within an output channel; a channel's last group is shorter
   * where the size does not divide it.
   *
   * @param size 1 or more, such as 32
   */
  record PerGroup(int size) implements Spread {
    /**
     * Checks the size.
     *
     * @param size 1 or more
     */
    public PerGroup {
      if (size < 1) {
        throw new IllegalArgumentException("a group must hold 1 or more numbers, found " + size);
      }
    }

    @Override
    public Layout over(long... shape) {
      int total = Shape.size("a tensor", shape);
      int channels = shape.length == 0 ? 1 : (int) shape[0];
      int row = total / channels;
      return Layout.ofGroups(row, size, total);
    }

    @Override
    public String toString() {
      return "per group of " + size;
    }
  }
}
