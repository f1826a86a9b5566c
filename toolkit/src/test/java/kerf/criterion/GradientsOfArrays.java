package kerf.criterion;

import java.util.Map;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.tensor.Scope;

/** The gradients that {@link Gradients} finds for inputs which are no images, for golden cases. */
public final class GradientsOfArrays {
  private GradientsOfArrays() {}

  /** The gradient of the mean loss by the weights, by layer. */
  public static Map<String, float[]> find(
      Gradients kind, Network network, Npy inputs, long[] labels) {
    boolean training = kind.pass() == Gradients.Pass.TRAINING;
    try (Probe probe = Probe.of(network);
        Scope scope = Scope.open()) {
      GradientSum sum =
          new GradientSum(probe, labels.length, training, GradientSum.of(kind.loss(), probe));
      Probe.batches(
          scope.tensor(inputs.floats(), inputs.shape()), scope.tensor(labels, labels.length), sum);
      return probe.byLayer(sum.gradients());
    }
  }
}
