package kerf.notebook;

import java.nio.file.Path;
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
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.schedule.Constant;
import kerf.schedule.DenseSparseDense;
import kerf.schedule.Iterative;
import kerf.schedule.OneShot;
import kerf.schedule.Ramp;
import kerf.schedule.Schedule;
import kerf.slimming.Coupling;
import kerf.slimming.Slimmed;
import kerf.slimming.Slimming;
import kerf.training.Checkpoint;

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
   * All filters and neurons that make one channel, in all layers that can only lose it together.
   *
   * @return the granularity
   */
  public static Granularity channels() {
    return Granularity.channels();
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

  /**
   * Removes from a pruned network every channel that its mask has made useless.
   *
   * @param masked a pruned network
   * @return a smaller network with the same outputs, and the report of what was cut
   */
  public static Slimmed slim(Network masked) {
    return Slimming.plan().slim(masked);
  }

  /**
   * Slims a training under way, with what its optimizer remembers.
   *
   * @param masked a checkpoint of a pruned network
   * @return from where the smaller network trains on
   */
  public static Checkpoint slim(Checkpoint masked) {
    return Slimming.plan().slim(masked);
  }

  /**
   * The slim architecture alone, to train from scratch.
   *
   * @param architecture the architecture that was pruned
   * @param mask what was kept of it
   * @return the architecture of the slim network
   */
  public static Architecture slim(Architecture architecture, Mask mask) {
    return Slimming.plan().slim(architecture, mask);
  }

  /**
   * Reads a slim network that was saved.
   *
   * @param architecture the architecture that was pruned and slimmed
   * @param file what {@code small.save(file)} wrote
   * @return the slim network, with its mask
   */
  public static Network loadSlim(Architecture architecture, Path file) {
    return Slimming.load(architecture, file);
  }

  /**
   * A plan of slimming: {@code slimming().roundTo(8).slim(sparse)}.
   *
   * @return the plan with every default filled in
   */
  public static Slimming slimming() {
    return Slimming.plan();
  }

  /**
   * Which layers of a network can only lose channels together.
   *
   * @param network any network
   * @return its groups of coupled layers
   */
  public static Coupling coupling(Network network) {
    return Coupling.of(network);
  }
}
