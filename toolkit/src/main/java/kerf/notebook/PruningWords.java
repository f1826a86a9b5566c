package kerf.notebook;

import kerf.criterion.ActivationTaylor;
import kerf.criterion.Apoz;
import kerf.criterion.BatchNormScale;
import kerf.criterion.Criterion;
import kerf.criterion.Grasp;
import kerf.criterion.InitialMagnitude;
import kerf.criterion.Lamp;
import kerf.criterion.MagnitudeIncrease;
import kerf.criterion.MeanActivation;
import kerf.criterion.Movement;
import kerf.criterion.OptimalBrainDamage;
import kerf.criterion.Snip;
import kerf.criterion.SynFlow;
import kerf.criterion.Taylor;
import kerf.granularity.Granularity;
import kerf.granularity.Norm;
import kerf.granularity.Scope;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.pruning.Tensor;
import kerf.slimming.Coupling;
import kerf.slimming.Slimmed;
import kerf.slimming.Slimming;

/** Words for pruning: criteria, granularities, scopes, schedules. */
class PruningWords extends TrainingWords {
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
   * By how much the loss would rise without a weight, to second order: Optimal Brain Damage. Needs
   * data; {@code .loss(meanSquaredError())} if the network was trained so.
   *
   * @return the criterion
   */
  public static OptimalBrainDamage obd() {
    return new OptimalBrainDamage();
  }

  /**
   * Bare numbers to prune: {@code tensor(2, 5).normal(1)}.
   *
   * @param shape the size of each axis
   * @return zeros of that shape
   */
  public static Tensor tensor(long... shape) {
    return Tensor.of(shape);
  }

  /**
   * The magnitude of a weight as its importance.
   *
   * @return the criterion
   */
  public static Criterion magnitude() {
    return Criterion.magnitude();
  }

  /**
   * The magnitude of a weight as its importance; of groups, by a norm such as {@code l2()}.
   *
   * @param norm how the magnitudes of a group are put into one
   * @return the criterion
   */
  public static Criterion magnitude(Norm norm) {
    return Criterion.magnitude(norm);
  }

  /**
   * The Euclidean length.
   *
   * @return the norm
   */
  public static Norm l2() {
    return Norm.L2;
  }

  /**
   * A norm of any order, such as 0.5 or {@code Double.POSITIVE_INFINITY}.
   *
   * @param order the order: positive, or minus infinity
   * @return the norm
   */
  public static Norm lp(double order) {
    return new Norm(order);
  }

  /**
   * Chance as a weight's importance, the control.
   *
   * @param seed any number
   * @return the criterion
   */
  public static Criterion random(long seed) {
    return Criterion.random(seed);
  }

  /**
   * The square of gradient times weight, what the loss would lose to first order; needs data. Of
   * groups, the square of the sum.
   *
   * @return the criterion
   */
  public static Taylor taylor() {
    return new Taylor(Taylor.Joint.SQUARE_OF_SUM);
  }

  /**
   * The square of gradient times weight; needs data.
   *
   * @param joint the square of the sum over a group, or the sum of squares
   * @return the criterion
   */
  public static Taylor taylor(Taylor.Joint joint) {
    return new Taylor(joint);
  }

  /**
   * Connection sensitivity, for a network that is not trained yet; needs data.
   *
   * @return the criterion
   */
  public static Snip snip() {
    return new Snip();
  }

  /**
   * What a weight does for the flow of gradients, for a network that is not trained yet; needs
   * data.
   *
   * @return the criterion
   */
  public static Criterion grasp() {
    return new Grasp(200);
  }

  /**
   * The share of a network's flow that goes through a weight, for a network that is not trained
   * yet; needs no data, but many small rounds.
   *
   * @return the criterion
   */
  public static Criterion synflow() {
    return new SynFlow();
  }

  /**
   * How far a weight has moved away from 0 in training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion movement() {
    return new Movement();
  }

  /**
   * The magnitude of a weight before training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion initialMagnitude() {
    return new InitialMagnitude();
  }

  /**
   * The growth of a weight's magnitude in training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion magnitudeIncrease() {
    return new MagnitudeIncrease();
  }

  /**
   * The magnitude of a weight made comparable between layers, for a global scope.
   *
   * @return the criterion
   */
  public static Criterion lamp() {
    return new Lamp();
  }

  /**
   * How often a channel is not 0 after ReLU; for filters and rows, needs data. With the goal {@code
   * belowMean(1)} the rule of the paper.
   *
   * @return the criterion
   */
  public static Criterion apoz() {
    return new Apoz();
  }

  /**
   * The mean output of a channel; for filters and rows, needs data.
   *
   * @return the criterion
   */
  public static Criterion meanActivation() {
    return new MeanActivation();
  }

  /**
   * What the loss would lose, to first order, with a channel's output; for filters and rows, needs
   * data.
   *
   * @return the criterion
   */
  public static Criterion activationTaylor() {
    return new ActivationTaylor();
  }

  /**
   * The magnitude of a channel's scale in the batch normalization after it; for filters.
   *
   * @return the criterion
   */
  public static Criterion batchNormScale() {
    return new BatchNormScale();
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
   * Removes from a pruned network, physically, every channel that its mask has made useless.
   *
   * @param pruned a network with whole filters or neurons pruned; it stays as it is
   * @return a smaller network with the same outputs, and the report of what was cut
   */
  public static Slimmed slim(Network pruned) {
    return Slimming.plan().slim(pruned);
  }

  /**
   * A plan of slimming, to be refined by {@code roundTo(8)} or {@code keep("fc1")}.
   *
   * @return the plan with every default filled in
   */
  public static Slimming slimming() {
    return Slimming.plan();
  }

  /**
   * The channels of a network that can only be removed together, and through which layers.
   *
   * @param network any network
   * @return a table that shows itself
   */
  public static Coupling coupling(Network network) {
    return Coupling.of(network);
  }
}
