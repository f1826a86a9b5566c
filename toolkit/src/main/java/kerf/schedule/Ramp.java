package kerf.schedule;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Fraction;
import kerf.training.Step;

/**
 * From one sparsity to another along a curve: gradual pruning.
 *
 * @param curve the way between
 * @param initial the sparsity before and at the begin, a fraction in [0, 1)
 * @param target the sparsity at the end and after it, a fraction in [0, 1)
 * @param span when
 */
public record Ramp(Curve curve, double initial, double target, Span span) implements Schedule {
  /**
   * Checks the fractions.
   *
   * @param curve the way between
   * @param initial the sparsity at the begin, a fraction in [0, 1)
   * @param target the sparsity at the end, not below that at the begin
   * @param span when
   */
  public Ramp {
    Fraction.require("initial sparsity", initial);
    Fraction.require("sparsity", target);
    if (initial > target) {
      throw new IllegalArgumentException(
          "sparsity must not fall, found initial %s and target %s; pruned weights stay pruned"
              .formatted(initial, target));
    }
  }

  /**
   * This schedule from another sparsity on.
   *
   * @param sparsity at the begin, a fraction in [0, 1)
   * @return a new schedule
   */
  public Ramp initial(double sparsity) {
    return new Ramp(curve, sparsity, target, span);
  }

  /**
   * This schedule with another begin.
   *
   * @param begin the first update
   * @return a new schedule
   */
  public Ramp from(Step begin) {
    Argument.require("step", begin);
    return new Ramp(curve, initial, target, span.from(begin));
  }

  /**
   * This schedule with another end.
   *
   * @param end the last update
   * @return a new schedule
   */
  public Ramp until(Step end) {
    Argument.require("until", end);
    return new Ramp(curve, initial, target, span.until(end));
  }

  /**
   * This schedule with updates at another distance.
   *
   * @param distance such as {@code iterations(100)}
   * @return a new schedule
   */
  public Ramp every(Step distance) {
    Argument.require("step", distance);
    return new Ramp(curve, initial, target, span.every(distance));
  }

  @Override
  public double sparsity(long iteration, long perEpoch) {
    double progress = span.progress(iteration, perEpoch);
    if (progress == 0) {
      return initial;
    }
    return progress == 1 ? target : curve.sparsity(progress, initial, target);
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
    return "%s(%s)%s.%s"
        .formatted(curve, target, initial == 0 ? "" : ".initial(" + initial + ")", span);
  }
}
