package kerf.observer;

import kerf.scheme.IntegerFormat;

/**
 * Mean and so many standard deviations on both sides, cut to the range seen.
 *
 * @param count above 0
 */
public record Sigmas(double count) implements Choice {
  /**
   * Checks the count.
   *
   * @param count above 0
   */
  public Sigmas {
    if (!(count > 0)) {
      throw new IllegalArgumentException(
          "sigmas needs a number of standard deviations above 0, found " + count);
    }
  }

  @Override
  public Range range(Seen seen, IntegerFormat format) {
    double reach = count * seen.deviation();
    Range all = seen.range();
    return new Range(
        (float) Math.max(all.low(), seen.mean() - reach),
        (float) Math.min(all.high(), seen.mean() + reach));
  }

  @Override
  public String toString() {
    return "sigmas(%s)".formatted(count);
  }
}
