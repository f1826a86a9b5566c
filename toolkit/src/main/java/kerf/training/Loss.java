package kerf.training;

import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.model.Session;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/**
 * What a training makes small: a mean over the samples of a batch. Its evaluations measure the same
 * loss, without penalties.
 *
 * <p>The specification is a value that prints itself; whatever it computes with belongs to one
 * {@link Arithmetic}.
 */
public interface Loss {

  /**
   * Readies the loss to compute.
   *
   * @param scope where native arrays of its own may live
   * @return its arithmetic, for one thread and as long as the scope
   */
  Arithmetic arithmetic(Scope scope);

  /**
   * Refuses outputs and labels that do not go with the loss, before anything is computed.
   *
   * @param network what computes the outputs, for the error
   * @param samples what has the labels
   * @throws IllegalArgumentException if they do not fit; a loss that checks nothing leaves that to
   *     the engine
   */
  default void requireFits(Architecture network, Samples samples) {}

  /** A loss at work. */
  interface Arithmetic {

    /**
     * Sees the network that will compute the outputs, before it computes any: for a loss of what
     * layers within it give out.
     *
     * @param session the network
     */
    default void watch(Session session) {}

    /**
     * Differentiates the mean loss of a batch.
     *
     * @param batch inputs, recorded outputs and labels
     * @param parameters what to differentiate by
     * @param sum one number, to which the mean loss is added
     * @return a gradient for each parameter; the caller closes it
     */
    Value gradients(Batch batch, Value parameters, Value sum);

    /**
     * Measures a batch.
     *
     * @param batch inputs, outputs and labels
     * @param sums two numbers, to which are added the losses of all samples, and how many of them
     *     have their greatest output at their label; a single output says 1 above 0.5, and 0 below
     */
    void measure(Batch batch, Value sums);
  }
}
