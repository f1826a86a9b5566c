package kerf.criterion;

import java.util.Map;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.tensor.Scope;

/** The gradients that {@link Gradients} finds for inputs which are no images, for golden cases. */
public final class GradientsOfArrays {
  private GradientsOfArrays() {}

  /** The gradient of the mean cross entropy by the weights, by layer. */
  public static Map<String, float[]> find(
      Gradients kind, Network network, Npy inputs, long[] labels) {
    try (Probe probe = new Probe(network);
        Scope scope = Scope.open()) {
      Gradients.Sum sum = kind.new Sum(probe, labels.length);
      Probe.batches(
          scope.tensor(inputs.floats(), inputs.shape()), scope.tensor(labels, labels.length), sum);
      return probe.byLayer(sum.gradients());
    }
  }
}
