package kerf.schedule;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Fraction;
import kerf.training.Step;

/**
 * Dense training, sparse training, and dense training again in which all weights take part, the
 * pruned ones starting from 0: S. Han et al., "DSD: Dense-Sparse-Dense Training", ICLR 2017. The
 * paper lowers the learning rate tenfold for the last phase.
 *
 * <p>For single weights: an output of which every weight was pruned is 0 for all inputs, so that
 * behind a ReLU or under a scale of 0 no gradient reaches its weights, and they stay 0.
 *
 * @param target the sparsity in between, a fraction in [0, 1)
 * @param from when weights are pruned
 * @param until when all weights are given back, those too that were pruned before the training
 */
public record DenseSparseDense(double target, Step from, Step until) implements Schedule {
  /**
   * Checks the fraction.
   *
   * @param target the sparsity in between, a fraction in [0, 1)
   * @param from when weights are pruned
   * @param until when all weights are given back
   */
  public DenseSparseDense {
    Argument.require("from", from);
    Argument.require("until", until);
    Fraction.require("sparsity", target);
  }

  /**
   * This schedule with another begin of the sparse phase.
   *
   * @param begin when weights are pruned
   * @return a new schedule
   */
  public DenseSparseDense from(Step begin) {
    return new DenseSparseDense(target, begin, until);
  }

  /**
   * This schedule with another end of the sparse phase.
   *
   * @param end when all weights are given back
   * @return a new schedule
   */
  public DenseSparseDense until(Step end) {
    return new DenseSparseDense(target, from, end);
  }

  @Override
  public double sparsity(long iteration, long perEpoch) {
    boolean sparse =
        iteration >= from.iterations(perEpoch) && iteration < until.iterations(perEpoch);
    return sparse ? target : 0;
  }

  @Override
  public List<Long> updates(long perEpoch) {
    long begin = Span.begin(from, until, perEpoch);
    long end = until.iterations(perEpoch);
    return begin == end ? List.of(end) : List.of(begin, end);
  }

  @Override
  public boolean revives(long update, long perEpoch) {
    return update == until.iterations(perEpoch);
  }

  @Override
  public List<Step> steps() {
    return List.of(from, until);
  }

  @Override
  public String toString() {
    return "denseSparseDense(%s).from(%s).until(%s)".formatted(target, from, until);
  }
}
