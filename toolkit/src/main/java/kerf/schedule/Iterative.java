package kerf.schedule;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Fraction;
import kerf.training.Step;

/**
 * Rounds of pruning at equal distances, each of which takes the same fraction of what is left, and
 * training between them: S. Han et al., "Learning both Weights and Connections", NeurIPS 2015.
 *
 * @param target the sparsity after the last round, a fraction in [0, 1)
 * @param rounds how many, 1 or more
 * @param from the first round
 * @param until the last round
 */
public record Iterative(double target, int rounds, Step from, Step until) implements Schedule {
  /**
   * Checks the numbers.
   *
   * @param target the sparsity after the last round, a fraction in [0, 1)
   * @param rounds how many, 1 or more
   * @param from the first round
   * @param until the last round
   */
  public Iterative {
    Argument.require("from", from);
    Argument.require("until", until);
    Fraction.require("sparsity", target);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more, found " + rounds);
    }
  }

  /**
   * This schedule with another begin.
   *
   * @param first the first round
   * @return a new schedule
   */
  public Iterative from(Step first) {
    return new Iterative(target, rounds, first, until);
  }

  /**
   * This schedule with another end.
   *
   * @param last the last round
   * @return a new schedule
   */
  public Iterative until(Step last) {
    return new Iterative(target, rounds, from, last);
  }

  @Override
  public double sparsity(long iteration, long perEpoch) {
    long done = updates(perEpoch).stream().filter(round -> round <= iteration).count();
    if (done == rounds) {
      return target;
    }
    return 1 - Math.pow(1 - target, (double) done / rounds);
  }

  /** A single round is the last. */
  @Override
  public List<Long> updates(long perEpoch) {
    long end = until.iterations(perEpoch);
    long length = end - Span.begin(from, until, perEpoch);
    List<Long> updates = new ArrayList<>();
    for (int left = rounds - 1; left >= 0; left--) {
      updates.add(end - Math.round((double) length * left / Math.max(1, rounds - 1)));
    }
    return updates;
  }

  @Override
  public List<Step> steps() {
    return List.of(from, until);
  }

  @Override
  public String toString() {
    return "iterative(%s, %d).from(%s).until(%s)".formatted(target, rounds, from, until);
  }
}
