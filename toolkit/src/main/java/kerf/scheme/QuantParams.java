package kerf.scheme;

/**
 * The tie between real numbers x and integers q: {@code x = scale * (q - zeroPoint)}.
 *
 * @param scale the distance of neighbours on the grid, above 0, in the unit of x
 * @param zeroPoint the integer that stands for 0
 */
public record QuantParams(float scale, int zeroPoint) {
  /**
   * Checks the scale.
   *
   * @param scale above 0 and finite, its inverse too
   * @param zeroPoint the integer that stands for 0
   */
  public QuantParams {
    if (!(scale > 0) || Float.isInfinite(scale) || Float.isInfinite(1f / scale)) {
      throw new IllegalArgumentException(
          "scale must be a number above 0, found %s; look for NaN or infinity in what was observed"
              .formatted(scale));
    }
  }
}
