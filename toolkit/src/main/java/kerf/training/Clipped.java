package kerf.training;

import java.util.List;
import kerf.tensor.Value;

/**
 * An optimizer whose gradients are scaled by {@code min(1, norm / (n + 1e-6))}, {@code n} being the
 * Euclidean norm of all of them together, masked ones left out: {@code
 * torch.nn.utils.clip_grad_norm_}; Pascanu et al., "On the difficulty of training recurrent neural
 * networks", 2013, algorithm 1. Weight decay comes after it.
 *
 * @param optimizer what takes the step
 * @param norm the greatest norm, above 0
 */
public record Clipped(Optimizer optimizer, double norm) implements Optimizer {

  /**
   * Checks the norm.
   *
   * @param optimizer what takes the step
   * @param norm the greatest norm, above 0
   */
  public Clipped {
    Optimizer.require("clipNorm", norm, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
  }

  @Override
  public Optimizer clipNorm(double most) {
    return new Clipped(optimizer, most);
  }

  @Override
  public double rate() {
    return optimizer.rate();
  }

  @Override
  public List<String> slots() {
    return optimizer.slots();
  }

  @Override
  public String function() {
    return optimizer.function();
  }

  @Override
  public List<Value> arguments(double rate) {
    return optimizer.arguments(rate);
  }
}
