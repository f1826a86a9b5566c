package kerf.training;

import kerf.argument.Argument;
import kerf.mask.Mask;
import kerf.model.Network;

/**
 * All that a training consists of after some iterations: going on from here is going on as if it
 * had never stopped. Learning rate and data order follow from the iteration and the training's
 * seed.
 *
 * @param iteration how many optimizer steps were taken
 * @param network weights, batch-norm statistics and mask at that point
 * @param optimizer what the optimizer remembered
 */
public record Checkpoint(long iteration, Network network, OptimizerState optimizer) {

  /**
   * The start of a training.
   *
   * @param network the network to train
   * @return iteration 0, nothing remembered
   */
  public static Checkpoint start(Network network) {
    Argument.require("network", network);
    return new Checkpoint(0, network, OptimizerState.none());
  }

  /**
   * Prunes the checkpoint: the lottery ticket's rewinding. Weights outside the mask become 0, and
   * so does what the optimizer remembered of them as soon as training goes on.
   *
   * @param mask what to keep
   * @return the pruned checkpoint, at the same iteration
   */
  public Checkpoint masked(Mask mask) {
    Argument.require("mask", mask);
    return new Checkpoint(iteration, network.masked(mask), optimizer);
  }

  /**
   * The same state as another plan counts it, such as one with other batches: {@code
   * small.checkpoint(epochs(1)).at(plan.perEpoch(data))} goes on with the second pass of {@code
   * plan}.
   *
   * @param other how many of its steps the other plan takes as done
   * @return the checkpoint, at that iteration
   */
  public Checkpoint at(long other) {
    return new Checkpoint(other, network, optimizer);
  }
}
