package kerf.training;

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

  /** A loss at work. */
  interface Arithmetic {

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
