package kerf.schedule;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Fraction;
import kerf.training.Step;

/**
 * One sparsity from a begin on. Updates after the first take nothing more, unless something else
 * has given weights back meanwhile.
 *
 * @param target the sparsity from the begin on, a fraction in [0, 1)
 * @param span when it is seen to
 */
public record Constant(double target, Span span) implements Schedule {
  /**
   * Checks the fraction.
   *
   * @param target the sparsity from the begin on, a fraction in [0, 1)
   * @param span when it is seen to
   */
  public Constant {
    Fraction.require("sparsity", target);
  }

  /**
   * This schedule with another begin.
   *
   * @param begin the first update
   * @return a new schedule
   */
  public Constant from(Step begin) {
    Argument.require("step", begin);
    return new Constant(target, span.from(begin));
  }

  /**
   * This schedule with another end.
   *
   * @param end the last update
   * @return a new schedule
   */
  public Constant until(Step end) {
    Argument.require("until", end);
    return new Constant(target, span.until(end));
  }

  /**
   * This schedule with updates at another distance.
   *
   * @param distance such as {@code iterations(100)}
   * @return a new schedule
   */
  public Constant every(Step distance) {
    Argument.require("step", distance);
    return new Constant(target, span.every(distance));
  }

  @Override
  public double sparsity(long iteration, long perEpoch) {
    return iteration < span.from().iterations(perEpoch) ? 0 : target;
  }

  @Override
  public List<Long> updates(long perEpoch) {
    return span.updates(perEpoch);
  }

  @Override
  public boolean updatesAt(long iteration, long perEpoch) {
    return span.updatesAt(iteration, perEpoch);
  }

  @Override
  public List<Step> steps() {
    return span.steps();
  }

  @Override
  public String toString() {
    return "constant(%s).%s".formatted(target, span);
  }
}
