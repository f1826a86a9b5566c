package kerf.observer;

/** What must hold of values before they are counted. */
final class Observed {
  private Observed() {}

  static void requireFinite(Object observer, float least, float greatest) {
    if (!(least <= greatest) || Float.isInfinite(least) || Float.isInfinite(greatest)) {
      throw new IllegalArgumentException(
          "%s needs finite numbers, found a batch from %s to %s; look for a training that diverged, and give it a lower rate or clipNorm(1)"
              .formatted(observer, least, greatest));
    }
  }

  /** The least and greatest of some values; NaN if one is. */
  static Range range(Object observer, float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    requireFinite(observer, least, greatest);
    return new Range(least, greatest);
  }
}
