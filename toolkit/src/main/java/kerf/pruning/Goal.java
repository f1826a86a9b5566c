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
}
