package kerf.notebook;

import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.pruning.Goal;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.schedule.Constant;
import kerf.schedule.DenseSparseDense;
import kerf.schedule.Iterative;
import kerf.schedule.OneShot;
import kerf.schedule.Ramp;
import kerf.schedule.Schedule;

/** Words for pruning: scopes, granularities, goals, schedules. */
class PruningWords extends CriterionWords {
  PruningWords() {}

  /** Each layer is ranked by itself. */
  public static final Scope LAYERWISE = Scope.LAYERWISE;

  /** All layers are ranked together. */
  public static final Scope GLOBAL = Scope.GLOBAL;

  /**
   * A plan of pruning.
   *
   * @return the plan with every default filled in
   */
  public static Pruning pruning() {
    return Pruning.plan();
  }

  /**
   * Optimal Brain Surgeon: deletes weights one by one, and lets the others make up for each.
   *
   * @return the plan with every default filled in; it still needs data
   */
  public static OptimalBrainSurgeon obs() {
    return OptimalBrainSurgeon.plan();
  }

  /**
   * Single weights, each by itself.
   *
   * @return the granularity
   */
  public static Granularity weights() {
    return Granularity.weights();
  }

  /**
   * Whatever scores this many standard deviations below the mean of its layer, as a goal: {@code
   * pruning().criterion(apoz()).goal(belowMean(1))}.
   *
   * @param deviations how many, at least 0
   * @return the goal
   */
  public static Goal belowMean(double deviations) {
    return Goal.belowMean(deviations);
  }

  /**
   * Whole rows of linear layers: all weights of one output.
   *
   * @return the granularity
   */
  public static Granularity rows() {
    return Granularity.rows();
  }

  /**
   * Whole columns of linear layers: all weights of one input.
   *
   * @return the granularity
   */
  public static Granularity columns() {
    return Granularity.columns();
  }

  /**
   * Whole kernels of convolutions: all places for one output and one input.
   *
   * @return the granularity
   */
  public static Granularity kernels() {
    return Granularity.kernels();
  }

  /**
   * All weights of one output: a convolution's filters, a linear layer's neurons.
   *
   * @return the granularity
   */
  public static Granularity filters() {
    return Granularity.filters();
  }

  /**
   * All weights of one input: the channels into a convolution, the inputs of a linear layer.
   *
   * @return the granularity
   */
  public static Granularity inputChannels() {
    return Granularity.inputChannels();
  }

  /**
   * Slices along any axis, as {@code ln_structured} takes them.
   *
   * @param axis 0 for outputs, 1 for inputs; negative ones count from the end
   * @return the granularity
   */
  public static Granularity slices(int axis) {
    return Granularity.slices(axis);
  }

  /**
   * Rectangles of neighbouring weights.
   *
   * @param height the rows (outputs) of a block
   * @param width the columns (inputs) of a block
   * @return the granularity
   */
  public static Granularity blocks(int height, int width) {
    return Granularity.blocks(height, width);
  }

  /**
   * Of any m neighbouring inputs only the n best stay, such as {@code nm(2, 4)}.
   *
   * @param n how many stay
   * @param m of how many
   * @return the granularity
   */
  public static Granularity nm(int n, int m) {
    return Granularity.nm(n, m);
  }

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
