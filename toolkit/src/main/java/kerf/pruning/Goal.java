package kerf.pruning;

import kerf.granularity.Fraction;

/**
 * How much to prune. What is counted is what the granularity groups: single weights, or whole
 * slices. Fractions are rounded half to even ({@link Math#rint}), as Python rounds.
 */
public sealed interface Goal {
  /**
   * How many more must go.
   *
   * @param kept how many still are kept
   * @param total how many there were in the dense network
   * @param where whose they are, for errors
   * @return 0 to {@code kept}
   * @throws IllegalArgumentException if more should go than are kept
   */
  int more(int kept, int total, String where);

  /**
   * How many more must go, when scores are known.
   *
   * @param contest what competes
   * @return 0 to the number of scores
   * @throws IllegalArgumentException if more should go than are kept
   */
  default int more(Contest contest) {
    return more(contest.kept(), contest.total(), contest.where());
  }

  /**
   * A fraction of what is left, as in iterative pruning: twice {@code amount(0.2)} leaves 64 %.
   *
   * @param fraction in [0, 1)
   * @return the goal
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  static Goal amount(double fraction) {
    return new Amount(fraction);
  }

  /**
   * A fraction of the dense whole: twice {@code sparsity(0.2)} leaves 80 %. Pruning only ever takes
   * away, so a sparsity below the present one leaves the mask as it is.
   *
   * @param fraction in [0, 1)
   * @return the goal
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  static Goal sparsity(double fraction) {
    return new Sparsity(fraction);
  }

  /**
   * Exactly so many more, like an integer {@code amount} in {@code torch.nn.utils.prune}.
   *
   * @param more how many, at least 0
   * @return the goal
   * @throws IllegalArgumentException if the number is negative
   */
  static Goal count(int more) {
    return new Count(more);
  }

  /**
   * All scores below a multiple of the standard deviation of the weights, those of one layer in a
   * layer-wise scope: with magnitudes as scores the threshold of S. Han et al., "Learning both
   * Weights and Connections for Efficient Neural Networks", NIPS 2015. The deviation is that of the
   * weights still kept, about their mean.
   *
   * @param deviations how many, above 0; around 1 for a dense network
   * @return the goal
   * @throws IllegalArgumentException if the number is not above 0
   */
  static Goal threshold(double deviations) {
    return new Threshold(deviations);
  }

  /**
   * All scores that lie more than so many standard deviations of the scores below their mean: with
   * {@code apoz()} and 1 the rule of H. Hu et al., "Network Trimming", 2016.
   *
   * @param deviations how many, at least 0
   * @return the goal
   * @throws IllegalArgumentException if the number is negative
   */
  static Goal belowMean(double deviations) {
    return new BelowMean(deviations);
  }

  /**
   * A fraction of what is left.
   *
   * @param fraction in [0, 1)
   */
  record Amount(double fraction) implements Goal {
    /**
     * Checks the fraction.
     *
     * @param fraction in [0, 1)
     */
    public Amount {
      Fraction.require("amount", fraction);
    }

    @Override
    public int more(int kept, int total, String where) {
      return (int) Math.rint(fraction * kept);
    }
  }

  /**
   * A fraction of the dense whole.
   *
   * @param fraction in [0, 1)
   */
  record Sparsity(double fraction) implements Goal {
    /**
     * Checks the fraction.
     *
     * @param fraction in [0, 1)
     */
    public Sparsity {
      Fraction.require("sparsity", fraction);
    }

    @Override
    public int more(int kept, int total, String where) {
      return Math.max(0, (int) Math.rint(fraction * total) - (total - kept));
    }
  }

  /**
   * Exactly so many more.
   *
   * @param count how many, at least 0
   */
  record Count(int count) implements Goal {
    /**
     * Checks the number.
     *
     * @param count how many, at least 0
     */
    public Count {
      if (count < 0) {
        throw new IllegalArgumentException("count must be at least 0, found " + count);
      }
    }

    @Override
    public int more(int kept, int total, String where) {
      if (count > kept) {
        throw new IllegalArgumentException(
            "count must be at most the %d still kept in %s, found %d"
                .formatted(kept, where, count));
      }
      return count;
    }
  }

  /**
   * All scores below a multiple of the weights' standard deviation.
   *
   * @param deviations how many, above 0
   */
  record Threshold(double deviations) implements Goal {
    /**
     * Checks the number.
     *
     * @param deviations how many, above 0
     */
    public Threshold {
      if (!(deviations > 0)) {
        throw new IllegalArgumentException(
            "threshold must be above 0 standard deviations, found " + deviations);
      }
    }

    @Override
    public int more(int kept, int total, String where) {
      throw unforeseeable(this, where);
    }

    @Override
    public int more(Contest contest) {
      return contest.below(deviations * contest.weightDeviation().getAsDouble());
    }
  }

  /**
   * All scores so far below the mean score.
   *
   * @param deviations how many standard deviations of the scores, at least 0
   */
  record BelowMean(double deviations) implements Goal {
    /**
     * Checks the number.
     *
     * @param deviations how many, at least 0
     */
    public BelowMean {
      if (!(deviations >= 0) || Double.isInfinite(deviations)) {
        throw new IllegalArgumentException(
            "belowMean must be 0 or more standard deviations, a finite number, found "
                + deviations);
      }
    }

    @Override
    public int more(int kept, int total, String where) {
      throw unforeseeable(this, where);
    }

    @Override
    public int more(Contest contest) {
      Spread spread = contest.spread();
      return contest.below(spread.mean() - deviations * spread.deviation());
    }
  }

  private static IllegalArgumentException unforeseeable(Goal goal, String where) {
    return new IllegalArgumentException(
        "%s must know beforehand how much is to go, found %s; use amount or sparsity"
            .formatted(where, goal));
  }
}
