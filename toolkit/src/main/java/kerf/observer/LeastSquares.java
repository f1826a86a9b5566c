package kerf.observer;

import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;

/**
 * The range of least mean squared error: the range seen, shrunk towards 0 in 200 steps, each tried
 * on the histogram with the format's own grid.
 */
public record LeastSquares() implements Choice {
  private static final int STEPS = 200;

  @Override
  public Range range(Seen seen, IntegerFormat format) {
    Range all = seen.range();
    Range best = all;
    double least = Double.POSITIVE_INFINITY;
    // From the whole range down, so that of equals the one that clips least is taken.
    for (int i = STEPS; i >= 1; i--) {
      float factor = i / (float) STEPS;
      Range shrunk = new Range(all.low() * factor, all.high() * factor);
      double error = error(seen.numbers(), format, format.params(shrunk.low(), shrunk.high()));
      if (error < least) {
        least = error;
        best = shrunk;
      }
    }
    return best;
  }

  /** The squared error of all numbers, each taken to lie in the middle of its bin. */
  static double error(Bins bins, IntegerFormat format, QuantParams params) {
    long[] counts = bins.counts();
    double error = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double x = bins.low() + (i + 0.5) * bins.width();
        double q = Math.rint(x / params.scale()) + params.zeroPoint();
        double clipped = Math.max(format.min(), Math.min(format.max(), q));
        double lost = x - (clipped - params.zeroPoint()) * params.scale();
        error += counts[i] * lost * lost;
      }
    }
    return error;
  }

  @Override
  public String toString() {
    return "leastSquares()";
  }
}
