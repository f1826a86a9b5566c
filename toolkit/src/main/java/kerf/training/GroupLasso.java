package kerf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.granularity.Norm;
import kerf.model.Network;
import kerf.model.ParameterSpec;

/**
 * The sum of the Euclidean lengths of all groups: {@code strength * sum ||w_g||}, without a factor
 * for their sizes. It trains whole groups towards 0. W. Wen et al., "Learning Structured Sparsity
 * in Deep Neural Networks", NeurIPS 2016, equation 1.
 *
 * @param strength the factor λ, above 0
 * @param granularity which weights form a group
 * @param layers the layers it is about; empty for all
 */
public record GroupLasso(double strength, Granularity granularity, List<String> layers)
    implements Penalty {
  /**
   * Checks the factor.
   *
   * @param strength the factor λ, above 0
   * @param granularity which weights form a group
   * @param layers the layers it is about; empty for all
   */
  public GroupLasso {
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
  public GroupLasso on(String... names) {
    Argument.require("names", names);
    return new GroupLasso(strength, granularity, List.of(names));
  }

  @Override
  public double value(Network network) {
    Argument.require("network", network);
    double sum = 0;
    for (Map.Entry<String, ParameterSpec> weight : Penalized.weights(network, layers).entrySet()) {
      for (float norm : groups(weight).norms(network.weights(weight.getKey()), Norm.L2)) {
        sum += Math.abs(norm);
      }
    }
    return strength * sum;
  }

  @Override
  public Term term(Network network, List<ParameterSpec> trained) {
    Argument.require("network", network);
    Argument.require("trained", trained);
    Map<String, ParameterSpec> weights = Penalized.weights(network, layers);
    List<Groups> layouts = new ArrayList<>();
    weights.entrySet().forEach(weight -> layouts.add(groups(weight)));
    return PenaltyScript.groups(
        strength, PenaltyScript.places(trained, List.copyOf(weights.values())), layouts);
  }

  private Groups groups(Map.Entry<String, ParameterSpec> weight) {
    return granularity.groups(weight.getKey(), weight.getValue().shape());
  }

  @Override
  public String toString() {
    return "groupLasso("
        + strength
        + ", "
        + granularity
        + ")"
        + (layers.isEmpty() ? "" : ".on" + layers);
  }
}
