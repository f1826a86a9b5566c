package kerf.notebook;

import kerf.schedule.Constant;
import kerf.schedule.DenseSparseDense;
import kerf.schedule.Iterative;
import kerf.schedule.OneShot;
import kerf.schedule.Ramp;
import kerf.schedule.Schedule;

/** Words for how sparse a network is to be, and when. */
class ScheduleWords extends PruningWords {
  ScheduleWords() {}

  /**
   * A schedule that prunes everything at once.
   *
   * @param sparsity a fraction in [0, 1)
   * @return before the first step; {@code .at(epochs(2))} moves it
   */
  public static OneShot oneShot(double sparsity) {
    return Schedule.oneShot(sparsity);
  }

  /**
   * A schedule of one sparsity throughout.
   *
   * @param sparsity a fraction in [0, 1)
   * @return the schedule; {@code from}, {@code until} and {@code every} say when
   */
  public static Constant constant(double sparsity) {
    return Schedule.constant(sparsity);
  }

  /**
   * A schedule of rounds, each of which takes the same fraction of what is left.
   *
   * @param sparsity after the last round, a fraction in [0, 1)
   * @param rounds how many
   * @return the schedule; {@code from} and {@code until} say when
   */
  public static Iterative iterative(double sparsity, int rounds) {
    return Schedule.iterative(sparsity, rounds);
  }

  /**
   * The cubic schedule of gradual pruning.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return the schedule; {@code from}, {@code until} and {@code every} say when
   */
  public static Ramp polynomial(double sparsity) {
    return Schedule.polynomial(sparsity);
  }

  /**
   * A polynomial schedule of gradual pruning.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @param power above 0; 1 is a straight line
   * @return the schedule; {@code from}, {@code until} and {@code every} say when
   */
  public static Ramp polynomial(double sparsity, double power) {
    return Schedule.polynomial(sparsity, power);
  }

  /**
   * A schedule along which the density falls exponentially.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return the schedule; {@code from}, {@code until} and {@code every} say when
   */
  public static Ramp exponential(double sparsity) {
    return Schedule.exponential(sparsity);
  }

  /**
   * A schedule along half a cosine.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return the schedule; {@code from}, {@code until} and {@code every} say when
   */
  public static Ramp cosine(double sparsity) {
    return Schedule.cosine(sparsity);
  }

  /**
   * A schedule of dense, sparse and again dense training.
   *
   * @param sparsity in between, a fraction in [0, 1)
   * @return the schedule; {@code from} and {@code until} bound the sparse phase
   */
  public static DenseSparseDense denseSparseDense(double sparsity) {
    return Schedule.denseSparseDense(sparsity);
  }
}
