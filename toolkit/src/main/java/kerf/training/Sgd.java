package kerf.training;

import java.util.List;
import kerf.tensor.Value;

/**
 * Stochastic gradient descent, with the arithmetic of {@code torch.optim.SGD}: {@code g = g +
 * weightDecay * w; v = momentum * v + g; w = w - rate * v}, and with Nesterov's momentum {@code w =
 * w - rate * (g + momentum * v)}.
 *
 * @param rate the learning rate, above 0
 * @param momentum in [0, 1)
 * @param weightDecay the L2 penalty, 0 or more
 * @param style what the momentum does
 */
public record Sgd(double rate, double momentum, double weightDecay, Style style)
    implements Optimizer {

  /** What the momentum does. */
  public enum Style {
    /** The step follows the momentum. */
    CLASSICAL,
    /** The step follows the gradient and the momentum after it: Nesterov 1983. */
    NESTEROV
  }

  /**
   * Checks the values.
   *
   * @param rate the learning rate, above 0
   * @param momentum in [0, 1)
   * @param weightDecay the L2 penalty, 0 or more
   * @param style what the momentum does
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
    this(rate, 0, 0, Style.CLASSICAL);
  }

  /**
   * Changes the momentum.
   *
   * @param factor in [0, 1)
   * @return such an optimizer
   */
  public Sgd momentum(double factor) {
    return new Sgd(rate, factor, weightDecay, style);
  }

  /**
   * Changes the weight decay.
   *
   * @param penalty 0 or more
   * @return such an optimizer
   */
  public Sgd weightDecay(double penalty) {
    return new Sgd(rate, momentum, penalty, style);
  }

  /**
   * Changes the momentum to Nesterov's.
   *
   * @return such an optimizer
   */
  public Sgd nesterov() {
    return new Sgd(rate, momentum, weightDecay, Style.NESTEROV);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public String function() {
    if (momentum == 0) {
      return "sgd";
    }
    return style == Style.NESTEROV ? "sgd_nesterov" : "sgd_momentum";
  }

  @Override
  public List<Value> arguments(double rate) {
    return momentum == 0
        ? Optimizer.values(rate, weightDecay)
        : Optimizer.values(rate, weightDecay, momentum);
  }
}
