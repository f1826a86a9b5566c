package kerf.calibration;

import kerf.data.Samples;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.trace.Activations;

/** The activations of a node, computed anew each time: none are kept. */
final class NodeBatches {
  private static final int BATCH = 128;

  private NodeBatches() {}

  static Batches of(Network network, String node, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "calibrators need images to look at, found none; give mnist().train().sample(512, 7)");
    }
    Activations activations = Activations.of(network, samples).at(node).batch(BATCH);
    return viewer ->
        activations.forEach(
            (at, output) -> viewer.see(Scope.floats(output), output.getShape().getShape()));
  }
}
