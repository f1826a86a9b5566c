package kerf.slimming;

import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/** Both networks on one batch of noise: what makes a slimming trustworthy. */
final class Proof {
  /** How far outputs may differ, as a fraction of the largest output. */
  static final double TOLERANCE = 1e-5;

  private static final int BATCH = 4;

  private Proof() {}

  /**
   * Compares outputs in inference.
   *
   * @return the largest difference over the largest output
   * @throws IllegalStateException if that is more than {@link #TOLERANCE}
   */
  static double difference(Network masked, Network slim) {
    float[] expected = outputs(masked);
    float[] found = outputs(slim);
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    double relative = difference == 0 ? 0 : difference / scale;
    if (!(relative <= TOLERANCE)) {
      throw new IllegalStateException(
          "a slim network must compute what the masked one does, to %s of the largest output, found"
                  .formatted(TOLERANCE)
              + " a difference of %.3g between outputs of %s and %s; nothing was changed"
                  .formatted(
                      relative, masked.architecture().describe(), slim.architecture().describe()));
    }
    return relative;
  }

  private static float[] outputs(Network network) {
    long[] shape = network.architecture().structure().inputShape();
    long[] batch = new long[shape.length + 1];
    int size = BATCH;
    batch[0] = BATCH;
    for (int i = 0; i < shape.length; i++) {
      batch[i + 1] = shape[i];
      size = Math.multiplyExact(size, Math.toIntExact(shape[i]));
    }
    float[] noise = RandomStream.of(0, "slimming").gaussians(size, 1f);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      float[][] outputs = new float[1][];
      Scope.passing(
          () -> outputs[0] = Scope.floats(session.forward(scope.tensor(noise, batch), false)));
      return outputs[0];
    }
  }
}
