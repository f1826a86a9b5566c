package kerf.notebook;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.pruning.Tensor;
import kerf.slimming.Coupling;
import kerf.slimming.Slimmed;
import kerf.slimming.Slimming;
import kerf.training.Checkpoint;

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
   * Bare numbers to prune: {@code tensor(2, 5).normal(1)}.
   *
   * @param shape the size of each axis
   * @return zeros of that shape
   */
  public static Tensor tensor(long... shape) {
    Argument.require("shape", shape);
    return Tensor.of(shape);
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
   * Removes from a pruned network, physically, every channel that its mask has made useless.
   *
   * @param pruned a network with whole filters or neurons pruned; it stays as it is
   * @return a smaller network with the same outputs, and the report of what was cut
   */
  public static Slimmed slim(Network pruned) {
    Argument.require("pruned", pruned);
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
    Argument.require("network", network);
    return Coupling.of(network);
  }

  /**
   * Slims a training under way, with what its optimizer remembers.
   *
   * @param masked a checkpoint of a pruned network
   * @return from where the smaller network trains on
   */
  public static Checkpoint slim(Checkpoint masked) {
    Argument.require("masked", masked);
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
    Argument.require("architecture", architecture);
    Argument.require("mask", mask);
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
    Argument.require("architecture", architecture);
    Argument.require("file", file);
    return Slimming.load(architecture, file);
  }
}
