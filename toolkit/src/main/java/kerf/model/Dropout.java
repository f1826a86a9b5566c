package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import kerf.mask.LayerMask;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * Dropout with a stream of the training's own: in training an element is set to 0 with probability
 * {@code rate} and the others are divided by {@code 1 - rate}; otherwise nothing happens.
 * Srivastava et al. 2014.
 *
 * <p>DJL's own Dropout draws from a generator that the whole process shares, so that a result would
 * depend on what else runs beside it.
 */
public final class Dropout extends AbstractBlock {
  private final float rate;

  /**
   * Makes a dropout layer.
   *
   * @param rate the fraction of elements dropped, in [0, 1)
   */
  public Dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "dropout rate must be a fraction in [0, 1), found %s".formatted(rate));
    }
    this.rate = (float) rate;
  }

  /**
   * The rate for the retraining of a pruned layer: fewer connections overfit less. {@code D *
   * sqrt(kept / all)}, S. Han et al., "Learning both Weights and Connections", NIPS 2015, section
   * 3.2.
   *
   * @param rate the rate the dense layer was trained with, in [0, 1)
   * @param layer the mask of the layer whose outputs are dropped
   * @return the lower rate
   */
  public static double rescaled(double rate, LayerMask layer) {
    return rate * Math.sqrt(layer.density());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    if (!training || rate == 0) {
      // Does nothing, but is an operator: a trace sees that there is dropout here.
      return input.getNDArrayInternal().dropout(input, rate, false);
    }
    return new NDList(drop(input, rate, Scope.dropoutStream(store)));
  }

  /**
   * Drops elements.
   *
   * @param input any array
   * @param rate the fraction dropped, in [0, 1)
   * @param stream decides which
   * @return the input with some elements 0 and the others divided by {@code 1 - rate}
   */
  public static NDArray drop(NDArray input, float rate, RandomStream stream) {
    float[] factors = new float[Math.toIntExact(input.size())];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = stream.nextFloat() < rate ? 0f : 1f / (1f - rate);
    }
    return input.mul(Scope.beside(input, factors));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }
}
