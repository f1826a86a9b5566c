package kerf.trace;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How sizes of kernels and arrays are written, and what a sliding kernel leaves of them. */
final class Sizes {
  private Sizes() {}

  /** A shape such as {@code 20×24×24}. */
  static String text(Shape shape) {
    return Arrays.stream(shape.getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining("×"));
  }

  /** A setting such as {@code , stride 2}, empty where it is the usual one. */
  static String unless(long usual, String words, Shape sizes) {
    long[] values = sizes.getShape();
    if (Arrays.stream(values).allMatch(value -> value == usual)) {
      return "";
    }
    boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
    return words + (same ? Long.toString(values[0]) : text(sizes));
  }

  /** The only shape there is among equal ones. */
  static Shape same(Operator operator, List<Shape> shapes) {
    Shape first = shapes.get(0);
    if (!shapes.stream().allMatch(first::equals)) {
      throw new IllegalArgumentException(
          "%s needs inputs of one shape, found %s"
              .formatted(
                  operator, shapes.stream().map(Sizes::text).collect(Collectors.joining(" and "))));
    }
    return first;
  }
}
