package kerf.training;

import java.util.List;
import kerf.tensor.Value;

/**
 * Stochastic gradient descent, with the arithmetic of {@code torch.optim.SGD}: {@code g = g +
 * weightDecay * w; v = momentum * v + g; w = w - rate * v}.
 *
 * @param rate the learning rate, above 0
 * @param momentum in [0, 1)
 * @param weightDecay the L2 penalty, 0 or more
 */
public record Sgd(double rate, double momentum, double weightDecay) implements Optimizer {

  /**
   * Checks the values.
   *
   * @param rate the learning rate, above 0
   * @param momentum in [0, 1)
   * @param weightDecay the L2 penalty, 0 or more
   */
  public Sgd {
    Optimizer.require("learning rate", rate, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    Optimizer.require("momentum", momentum, 0, 1);
    Optimizer.require("weight decay", weightDecay, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * Plain gradient descent.
   *
   * @param rate the learning rate, above 0
   */
  public Sgd(double rate) {
    this(rate, 0, 0);
  }

  /**
   * Changes the momentum.
   *
   * @param factor in [0, 1)
   * @return such an optimizer
   */
  public Sgd momentum(double factor) {
    return new Sgd(rate, factor, weightDecay);
  }

  /**
   * Changes the weight decay.
   *
   * @param penalty 0 or more
   * @return such an optimizer
   */
  public Sgd weightDecay(double penalty) {
    return new Sgd(rate, momentum, penalty);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public String function() {
    return momentum == 0 ? "sgd" : "sgd_momentum";
  }

  @Override
  public List<Value> arguments(double rate) {
    return momentum == 0
        ? Optimizer.values(rate, weightDecay)
        : Optimizer.values(rate, weightDecay, momentum);
  }
}
