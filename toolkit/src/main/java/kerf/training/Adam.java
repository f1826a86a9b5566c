package kerf.training;

import java.util.List;
import kerf.tensor.Value;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), with the arithmetic of {@code torch.optim.Adam}; weight
 * decay is added to the gradient.
 *
 * @param rate the learning rate, above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay the L2 penalty, 0 or more
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  /**
   * Checks the values.
   *
   * @param rate the learning rate, above 0
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon added to the root of the second moment, above 0
   * @param weightDecay the L2 penalty, 0 or more
   */
  public Adam {
    Optimizer.require("learning rate", rate, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    Optimizer.require("beta1", beta1, 0, 1);
    Optimizer.require("beta2", beta2, 0, 1);
    Optimizer.require("epsilon", epsilon, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    Optimizer.require("weight decay", weightDecay, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * Adam with the paper's moments: 0.9, 0.999 and 1e-8.
   *
   * @param rate the learning rate, above 0
   */
  public Adam(double rate) {
    this(rate, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * Changes the weight decay.
   *
   * @param penalty 0 or more
   * @return such an optimizer
   */
  public Adam weightDecay(double penalty) {
    return new Adam(rate, beta1, beta2, epsilon, penalty);
  }

  @Override
  public List<String> slots() {
    return List.of("moment1", "moment2");
  }

  @Override
  public String function() {
    return "adam";
  }

  @Override
  public List<Value> arguments(double rate) {
    return Optimizer.values(rate, beta1, beta2, weightDecay, epsilon);
  }
}
