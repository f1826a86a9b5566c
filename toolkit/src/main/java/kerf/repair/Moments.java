package kerf.repair;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.model.Network;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * Mean and standard deviation of each channel that a layer gives out, before any nonlinearity.
 *
 * <p>Batch normalization knows them without any data: its shift is the mean, and the magnitude of
 * its scale the deviation, of what leaves it. Nagel et al. 2019, section 4.2.1.
 *
 * @param means a number a channel
 * @param deviations a number a channel, 0 or more
 */
record Moments(double[] means, double[] deviations) {

  /**
   * Reads them off the batch normalizations of a network.
   *
   * @return by the name of the layer's node; layers that no batch normalization follows are not
   *     there
   */
  static Map<String, Moments> of(Network network) {
    Graph graph = Graph.of(network);
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof BatchNorm bn) {
        String before = node.inputs().get(0);
        if (Layer.of(graph.node(before)).isPresent() && graph.readers(before).size() == 1) {
          float[] scales = network.values(bn.scale());
          float[] shifts = network.values(bn.shift());
          double[] means = new double[scales.length];
          double[] deviations = new double[scales.length];
          for (int i = 0; i < means.length; i++) {
            means[i] = shifts[i];
            deviations[i] = Math.abs(scales[i]);
          }
          moments.put(before, new Moments(means, deviations));
        }
      }
    }
    return moments;
  }

  /** Of channels divided by positive numbers. */
  Moments divided(double[] divisors) {
    double[] nearer = means.clone();
    double[] narrower = deviations.clone();
    for (int i = 0; i < divisors.length; i++) {
      nearer[i] /= divisors[i];
      narrower[i] /= divisors[i];
    }
    return new Moments(nearer, narrower);
  }

  /** Of channels from which constants are taken. */
  Moments less(double[] constants) {
    double[] lower = means.clone();
    for (int i = 0; i < constants.length; i++) {
      lower[i] -= constants[i];
    }
    return new Moments(lower, deviations);
  }

  /**
   * The means behind a ReLU if a channel is normally distributed: {@code sigma phi(mu / sigma) + mu
   * Phi(mu / sigma)}. Nagel et al. 2019, equation 19.
   */
  double[] rectifiedMeans() {
    double[] rectified = new double[means.length];
    for (int i = 0; i < rectified.length; i++) {
      double mean = means[i];
      double deviation = deviations[i];
      rectified[i] =
          deviation == 0
              ? Math.max(mean, 0)
              : deviation * density(mean / deviation) + mean * share(mean / deviation);
    }
    return rectified;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The part of a normal distribution below x: 1/2 + phi(x) (x + x^3 / 3 + x^5 / 15 + ...). */
  private static double share(double x) {
    if (Math.abs(x) > 8) {
      return x > 0 ? 1 : 0;
    }
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }
}
