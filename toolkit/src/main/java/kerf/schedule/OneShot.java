package kerf.schedule;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Fraction;
import kerf.training.Step;

/**
 * Everything at once.
 *
 * @param target the sparsity from then on, a fraction in [0, 1)
 * @param at when
 */
public record OneShot(double target, Step at) implements Schedule {
  /**
   * Checks the fraction.
   *
   * @param target the sparsity from then on, a fraction in [0, 1)
   * @param at when
   */
  public OneShot {
    Argument.require("step", at);
    Fraction.require("sparsity", target);
  }

  /**
   * This schedule at another time.
   *
   * @param when the one update
   * @return a new schedule
   */
  public OneShot at(Step when) {
    return new OneShot(target, when);
  }

  @Override
  public double sparsity(long iteration, long perEpoch) {
    return iteration < at.iterations(perEpoch) ? 0 : target;
  }

  @Override
  public List<Long> updates(long perEpoch) {
    return List.of(at.iterations(perEpoch));
  }

  @Override
  public List<Step> steps() {
    return List.of(at);
  }

  @Override
  public String toString() {
    return "oneShot(%s).at(%s)".formatted(target, at);
  }
}
