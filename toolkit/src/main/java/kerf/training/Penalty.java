package kerf.training;

import java.util.List;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.tensor.Value;

/**
 * What a training makes small besides its loss, of the parameters alone: a regularizer. Its
 * gradient is added to the loss's before the optimizer's step.
 *
 * <p>Where a penalty has a kink, at 0, the sub-gradient of least length is taken: 0.
 */
public interface Penalty {

  /**
   * Computes the penalty of a network.
   *
   * @param network the network
   * @return 0 or more
   * @throws IllegalArgumentException if the network has nothing to penalize
   */
  double value(Network network);

  /**
   * Readies the penalty for a training.
   *
   * @param network what is trained
   * @param trained the parameters that are trained, in the order of their gradients
   * @return its term of the gradient
   * @throws IllegalArgumentException if the network has nothing to penalize
   */
  Term term(Network network, List<ParameterSpec> trained);

  /** A penalty at work, for one training. */
  interface Term extends AutoCloseable {

    /**
     * Adds the penalty's gradient.
     *
     * @param parameters the trained parameters
     * @param gradients the gradient of each, changed in place
     */
    void add(Value parameters, Value gradients);

    @Override
    void close();
  }
}
