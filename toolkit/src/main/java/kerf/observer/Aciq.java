package kerf.observer;

import kerf.scheme.IntegerFormat;

/**
 * The clipping that loses least if the numbers follow a known distribution around 0; of numbers on
 * one side of 0, as behind a ReLU, that distribution's half. R. Banner et al., "Post training 4-bit
 * quantization of convolutional networks for rapid-deployment", NeurIPS 2019, section 3 (ACIQ).
 *
 * @param distribution Gauss or Laplace
 */
public record Aciq(Distribution distribution) implements Choice {

  /** An assumed distribution. */
  public enum Distribution {
    /** By the standard deviation. */
    GAUSS {
      @Override
      double spread(Seen seen) {
        return Math.sqrt(seen.oneSided() ? 2 * seen.meanSquare() : seen.meanSquare());
      }

      /** Clipping and rounding errors balance: the derivative of their sum by x is 0. */
      @Override
      double slope(double x, double levelsSquared) {
        return x * complementaryError(x / Math.sqrt(2))
            + x / (3 * levelsSquared)
            - Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
      }
    },
    /** By the mean magnitude. */
    LAPLACE {
      @Override
      double spread(Seen seen) {
        return seen.oneSided() ? 2 * seen.meanMagnitude() : seen.meanMagnitude();
      }

      @Override
      double slope(double x, double levelsSquared) {
        return x / (3 * levelsSquared) - Math.exp(-x);
      }
    };

    /** The distribution's width: the standard deviation, or Laplace's b. */
    abstract double spread(Seen seen);

    /** The derivative of the expected squared error by the clipping, up to a factor. */
    abstract double slope(double x, double levelsSquared);

    /** 1 - erf, W. J. Cody's order of accuracy is not needed: error below 1.2e-7 everywhere. */
    private static double complementaryError(double x) {
      double t = 1 / (1 + 0.5 * x);
      double[] c = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
      };
      double polynomial = 0;
      for (int i = c.length - 1; i >= 0; i--) {
        polynomial = polynomial * t + c[i];
      }
      return t * Math.exp(-x * x + polynomial);
    }

    /**
     * The best clipping in widths of the distribution.
     *
     * @param bits how many
     * @return such as 2.55 for Gauss and 5.03 for Laplace at 4 bits
     */
    public double clipping(int bits) {
      double levelsSquared = Math.pow(4, bits);
      double low = 0;
      double high = 64;
      for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (slope(middle, levelsSquared) < 0) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  @Override
  public Range range(Seen seen, IntegerFormat format) {
    // A grid spent on one side of 0 is as fine as one of a bit more on both.
    int bits = seen.oneSided() && format.min() >= 0 ? format.bits() + 1 : format.bits();
    return seen.within(distribution.clipping(bits) * distribution.spread(seen));
  }

  @Override
  public String toString() {
    return "aciq(%s)".formatted(distribution);
  }
}
