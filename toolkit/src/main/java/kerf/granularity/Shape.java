package kerf.granularity;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be said of a tensor's shape alone. */
public final class Shape {
  private Shape() {}

  /**
   * The number of elements of a tensor.
   *
   * @param layer the tensor's name, for errors
   * @param shape the size of each axis
   * @return the product of the shape; 1 for a scalar
   * @throws IllegalArgumentException if an axis is not positive, or the product above
   *     2<sup>31</sup> - 1
   */
  public static int size(String layer, long... shape) {
    long size = 1;
    for (long axis : shape) {
      if (axis < 1 || axis > Integer.MAX_VALUE || size * axis > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape of %s must have positive axes and at most %d elements, found %s"
                .formatted(layer, Integer.MAX_VALUE, text(shape)));
      }
      size *= axis;
    }
    return (int) size;
  }

  /**
   * A shape as it is read aloud.
   *
   * @param shape the size of each axis
   * @return such as {@code 300×784}; {@code scalar} for no axes
   */
  public static String text(long... shape) {
    return shape.length == 0
        ? "scalar"
        : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }
}
