package kerf.granularity;

/**
 * All weights with one index along an axis are a group.
 *
 * @param axis which axis; negative ones count from the end
 */
public record Slices(int axis) implements Granularity {
  @Override
  public Groups groups(String layer, long... shape) {
    int size = Shape.size(layer, shape);
    int axes = shape.length;
    if (axes < 2) {
      throw new IllegalArgumentException(
          "slices need a tensor of at least 2 axes, found %s of shape %s; prune it by weights"
              .formatted(layer, Shape.text(shape)));
    }
    if (axis < -axes || axis >= axes) {
      throw new IllegalArgumentException(
          "axis of slices must be in [%d, %d) for %s of shape %s, found %d"
              .formatted(-axes, axes, layer, Shape.text(shape), axis));
    }
    return along(axis < 0 ? axis + axes : axis, size, shape);
  }

  /** The groups of all weights with one index along an axis. */
  static Groups along(int axis, int size, long... shape) {
    int span = 1;
    for (int inner = axis + 1; inner < shape.length; inner++) {
      span *= (int) shape[inner];
    }
    int columns = span * (int) shape[axis];
    return new Groups(size / columns, columns, size / columns, span);
  }
}
