package kerf.training;

import java.util.List;
import kerf.argument.Argument;
import kerf.model.Network;
import kerf.model.ParameterSpec;

/**
 * The sum of the magnitudes of all weights that can be pruned: {@code strength * sum |w|}. Biases
 * and batch normalizations are left alone. S. Han et al., "Learning both Weights and Connections",
 * NeurIPS 2015, section 3.1.
 *
 * @param strength the factor λ, above 0
 * @param layers the layers it is about; empty for all
 */
public record WeightL1(double strength, List<String> layers) implements Penalty {
  /**
   * Checks the factor.
   *
   * @param strength the factor λ, above 0
   * @param layers the layers it is about; empty for all
   */
  public WeightL1 {
    Optimizer.require(
        "strength of a penalty", strength, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    layers = List.copyOf(layers);
  }

  /**
   * Confines the penalty to some layers.
   *
   * @param names the layers' names
   * @return such a penalty
   */
  public WeightL1 on(String... names) {
    Argument.require("names", names);
    return new WeightL1(strength, List.of(names));
  }

  @Override
  public double value(Network network) {
    Argument.require("network", network);
    return strength * Penalized.magnitudes(network, Penalized.weights(network, layers).values());
  }

  @Override
  public Term term(Network network, List<ParameterSpec> trained) {
    Argument.require("network", network);
    Argument.require("trained", trained);
    return PenaltyScript.magnitudes(
        strength,
        PenaltyScript.places(trained, List.copyOf(Penalized.weights(network, layers).values())));
  }

  @Override
  public String toString() {
    return "l1(" + strength + ")" + (layers.isEmpty() ? "" : ".on" + layers);
  }
}
