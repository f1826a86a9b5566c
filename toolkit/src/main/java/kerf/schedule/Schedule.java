package kerf.schedule;

import java.util.List;
import kerf.plot.Figure;
import kerf.training.Step;

/**
 * The sparsity wanted at each iteration of a training, as a fraction of the dense whole, and the
 * iterations at which pruning brings it about. Between those the mask stays as it is.
 *
 * <p>Iterations count optimizer steps that were taken: what is wanted at 0 is wanted before the
 * first step.
 */
public sealed interface Schedule permits OneShot, Constant, Iterative, Ramp, DenseSparseDense {

  /**
   * The sparsity that is wanted.
   *
   * @param iteration how many optimizer steps were taken; before the beginning the sparsity is that
   *     of the beginning
   * @param perEpoch how many iterations one pass over the training images takes, 1 or more
   * @return a fraction in [0, 1)
   */
  double sparsity(long iteration, long perEpoch);

  /**
   * The iterations at which the mask is brought up to date, the last of them the end.
   *
   * @param perEpoch how many iterations one pass over the training images takes, 1 or more
   * @return ascending, at least one
   * @throws IllegalArgumentException if the schedule would end before it begins
   */
  List<Long> updates(long perEpoch);

  /**
   * Tells whether an iteration is one of {@link #updates}.
   *
   * @param iteration how many optimizer steps were taken
   * @param perEpoch how many iterations one pass over the training images takes, 1 or more
   * @return true if the mask is brought up to date there
   */
  default boolean updatesAt(long iteration, long perEpoch) {
    return updates(perEpoch).contains(iteration);
  }

  /**
   * Tells whether an update gives all weights back instead of taking more.
   *
   * @param update one of {@link #updates}
   * @param perEpoch how many iterations one pass over the training images takes
   * @return true at the end of dense-sparse-dense, else false
   */
  default boolean revives(long update, long perEpoch) {
    return false;
  }

  /**
   * The sparsity it aims at.
   *
   * @return a fraction in [0, 1)
   */
  double target();

  /**
   * The steps it is made of.
   *
   * @return such as begin, end and the distance of updates
   */
  List<Step> steps();

  /**
   * Draws the sparsity over epochs, or over iterations where the schedule is in iterations.
   *
   * @return a figure
   * @throws IllegalArgumentException if the schedule has both, so that it depends on the length of
   *     an epoch
   */
  default Figure chart() {
    return ScheduleChart.of(this);
  }

  /**
   * Draws the sparsity over iterations.
   *
   * @param perEpoch how many iterations one pass over the training images takes, such as {@code
   *     training.perEpoch(data)}
   * @return a figure
   */
  default Figure chart(long perEpoch) {
    if (perEpoch < 1) {
      throw new IllegalArgumentException(
          "perEpoch must be 1 or more iterations, found %d; take training.perEpoch(data)"
              .formatted(perEpoch));
    }
    return ScheduleChart.of(this, perEpoch);
  }

  /**
   * Everything at once, before the first step unless {@link OneShot#at} says otherwise.
   *
   * @param sparsity a fraction in [0, 1)
   * @return the schedule
   */
  static OneShot oneShot(double sparsity) {
    return new OneShot(sparsity, Step.iterations(0));
  }

  /**
   * One sparsity throughout, seen to again and again.
   *
   * @param sparsity a fraction in [0, 1)
   * @return from the start until epoch 4, ten times an epoch
   */
  static Constant constant(double sparsity) {
    return new Constant(sparsity, Span.USUAL);
  }

  /**
   * Rounds of pruning and retraining, each of which takes the same fraction of what is left.
   *
   * @param sparsity after the last round, a fraction in [0, 1)
   * @param rounds how many, 1 or more
   * @return the first round at the start, the last at epoch 4
   */
  static Iterative iterative(double sparsity, int rounds) {
    return new Iterative(sparsity, rounds, Step.epochs(0), Step.epochs(4));
  }

  /**
   * Fast at first, then slower and slower: the cubic of Zhu and Gupta 2017, equation 1.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return from 0 at the start until epoch 4, ten updates an epoch
   */
  static Ramp polynomial(double sparsity) {
    return polynomial(sparsity, 3);
  }

  /**
   * A polynomial of another power; 1 is a straight line.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @param power above 0
   * @return from 0 at the start until epoch 4, ten updates an epoch
   */
  static Ramp polynomial(double sparsity, double power) {
    return new Ramp(new Curve.Polynomial(power), 0, sparsity, Span.USUAL);
  }

  /**
   * Of what is left the same fraction in equal times: the density falls exponentially.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return from 0 at the start until epoch 4, ten updates an epoch
   */
  static Ramp exponential(double sparsity) {
    return new Ramp(new Curve.Exponential(), 0, sparsity, Span.USUAL);
  }

  /**
   * Slow at both ends: half a cosine.
   *
   * @param sparsity at the end, a fraction in [0, 1)
   * @return from 0 at the start until epoch 4, ten updates an epoch
   */
  static Ramp cosine(double sparsity) {
    return new Ramp(new Curve.Cosine(), 0, sparsity, Span.USUAL);
  }

  /**
   * Dense, then sparse, then dense again, the pruned weights starting from 0: S. Han et al., "DSD",
   * ICLR 2017 (arXiv:1607.04381).
   *
   * @param sparsity in between, a fraction in [0, 1)
   * @return sparse from epoch 1 until epoch 3
   */
  static DenseSparseDense denseSparseDense(double sparsity) {
    return new DenseSparseDense(sparsity, Step.epochs(1), Step.epochs(3));
  }
}
