package kerf.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import kerf.argument.Argument;
import kerf.model.Network;
import kerf.training.CrossEntropy;
import kerf.training.Loss;

/**
 * Connection sensitivity: {@code |g w|} as a share of its sum over all weights, g being the
 * gradient of the mean loss over the data (N. Lee et al., "SNIP: Single-shot Network Pruning based
 * on Connection Sensitivity", ICLR 2019, equation 6). Made for networks that are not trained yet:
 * the gradient is that of a training step.
 *
 * @param loss the loss the network will be trained with
 */
public record Snip(Loss loss) implements Criterion {
  /**
   * Checks that there is a loss.
   *
   * @param loss the loss the network will be trained with
   */
  public Snip {
    Argument.require("loss", loss);
  }

  /** For cross entropy. */
  public Snip() {
    this(new CrossEntropy());
  }

  /**
   * Changes the loss.
   *
   * @param other the loss the network will be trained with
   * @return such a criterion
   */
  public Snip loss(Loss other) {
    return new Snip(other);
  }

  private static Gradients gradients(Loss loss) {
    return new Gradients(Gradients.Pass.TRAINING, loss);
  }

  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(gradients(loss));
  }

  @Override
  public float[] scores(LayerWeights layer) {
    return layer.evidence(new Sensitivity(loss)).clone();
  }

  @Override
  public String toString() {
    return loss.equals(new CrossEntropy()) ? "snip()" : "snip().loss(" + loss + ")";
  }

  /** A share a weight; the shares of all layers add up to 1. */
  private record Sensitivity(Loss loss) implements Evidence<float[]> {
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
      Map<String, float[]> gradients = subject.find(gradients(loss));
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
