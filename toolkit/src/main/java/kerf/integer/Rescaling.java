package kerf.integer;

/** The way back from a sum of products to the grid of the output. */
public sealed interface Rescaling permits FixedPoint, FloatRescaling, RawSums {
  /**
   * Adds the bias, rescales, adds the output's zero point and clips.
   *
   * @param channel the output channel
   * @param sum {@code sum of (input - inputZero) * (weight - weightZero)}, 32 bits
   * @return an integer of the output's grid
   */
  int apply(int channel, int sum);
}
