package kerf.observer;

import kerf.scheme.IntegerFormat;
import kerf.scheme.Mapping;

/**
 * The range that holds a share of the numbers, whole bins of the histogram. Symmetric formats: that
 * share of the magnitudes. Affine ones: as much is cut off above as below; nothing below where all
 * numbers are positive, nothing above where all are negative.
 *
 * @param share in (0, 1]
 */
public record Percentile(double share) implements Choice {
  /**
   * Checks the share.
   *
   * @param share in (0, 1]
   */
  public Percentile {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "percentile needs a share in (0, 1], found %s%s"
              .formatted(
                  share,
                  share > 1 && share <= 100
                      ? "; for %s%% write %s".formatted(share, (float) (share / 100))
                      : ""));
    }
  }

  @Override
  public Range range(Seen seen, IntegerFormat format) {
    if (share == 1) {
      return seen.range();
    }
    if (format.mapping() == Mapping.SYMMETRIC) {
      return seen.within(above(seen.magnitudes(), share * seen.count()));
    }
    double outside = (1 - share) * seen.count() / (seen.oneSided() ? 1 : 2);
    Range all = seen.range();
    float high =
        all.high() <= 0 ? all.high() : (float) above(seen.numbers(), seen.count() - outside);
    float low = all.low() >= 0 ? all.low() : (float) below(seen.numbers(), outside);
    return new Range(Math.max(low, all.low()), Math.min(high, all.high()));
  }

  /** The upper edge of the bin at which so many numbers are counted from below. */
  private static double above(Bins bins, double wanted) {
    long[] counts = bins.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (sum >= wanted) {
        return bins.low() + (i + 1) * (double) bins.width();
      }
    }
    return bins.high();
  }

  /** The lower edge of the first bin with more than so many numbers up to its end. */
  private static double below(Bins bins, double outside) {
    long[] counts = bins.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (sum > outside) {
        return bins.low() + i * (double) bins.width();
      }
    }
    return bins.low();
  }

  @Override
  public String toString() {
    return "percentile(%s)".formatted(share);
  }
}
