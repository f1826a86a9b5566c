package kerf.granularity;

/** Every weight is a group of its own. */
public record Weights() implements Granularity {
  @Override
  public Groups groups(String layer, long... shape) {
    int size = Shape.size(layer, shape);
    return new Groups(1, size, 1, 1);
  }
}
