package kerf.observer;

import kerf.scheme.IntegerFormat;

/** A rule that chooses a range from a histogram. */
public sealed interface Choice permits Percentile, Sigmas, LeastSquares, Divergence, Aciq {
  /**
   * Chooses.
   *
   * @param seen one or more numbers
   * @param format the grid the range is for
   * @return the range; what is beyond it will be clipped
   */
  Range range(Seen seen, IntegerFormat format);
}
