package kerf.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kerf.model.Network;

/**
 * Connection sensitivity: {@code |g w|} as a share of its sum over all weights, g being the
 * gradient of the mean loss over the data (N. Lee et al., "SNIP: Single-shot Network Pruning based
 * on Connection Sensitivity", ICLR 2019, equation 6). Made for networks that are not trained yet:
 * the gradient is that of a training step.
 */
public record Snip() implements Criterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(Gradients.training());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    return layer.evidence(new Sensitivity()).clone();
  }

  @Override
  public String toString() {
    return "snip()";
  }

  /** A share a weight; the shares of all layers add up to 1. */
  private record Sensitivity() implements Evidence<float[]> {
    @Override
    public String name() {
      return "connection sensitivities";
    }

    @Override
    public Set<Need> needs() {
      return Set.of();
    }

    @Override
    public Map<String, float[]> find(Subject subject) {
      Network network = subject.network();
      Map<String, float[]> gradients = subject.find(Gradients.training());
      Map<String, float[]> shares = new LinkedHashMap<>();
      double total = 0;
      for (String layer : network.layers()) {
        float[] own = network.weights(layer);
        float[] gradient = gradients.get(layer);
        for (int i = 0; i < own.length; i++) {
          own[i] = Math.abs(own[i] * gradient[i]);
          total += own[i];
        }
        shares.put(layer, own);
      }
      for (float[] own : shares.values()) {
        for (int i = 0; i < own.length; i++) {
          own[i] = (float) (own[i] / total);
        }
      }
      return shares;
    }
  }
}
