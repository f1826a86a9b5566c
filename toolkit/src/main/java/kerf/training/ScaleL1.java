package kerf.training;

import java.util.List;
import kerf.model.Network;
import kerf.model.ParameterSpec;

/**
 * The sum of the magnitudes of all batch-normalization scales: {@code strength * sum |gamma|}. It
 * trains channels towards a scale of 0, which then can be pruned. Z. Liu et al., "Learning
 * Efficient Convolutional Networks through Network Slimming", ICCV 2017, equation 1.
 *
 * @param strength the factor λ, above 0
 */
public record ScaleL1(double strength) implements Penalty {
  /**
   * Checks the factor.
   *
   * @param strength the factor λ, above 0
   */
  public ScaleL1 {
    Optimizer.require(
        "strength of a penalty", strength, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
  }

  @Override
  public double value(Network network) {
    return strength * Penalized.magnitudes(network, Penalized.scales(network));
  }

  @Override
  public Term term(Network network, List<ParameterSpec> trained) {
    return PenaltyScript.magnitudes(
        strength, PenaltyScript.places(trained, Penalized.scales(network)));
  }

  @Override
  public String toString() {
    return "batchNormScaleL1(" + strength + ")";
  }
}
