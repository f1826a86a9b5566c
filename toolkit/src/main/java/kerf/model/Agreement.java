package kerf.model;

import kerf.random.RandomStream;
import kerf.tensor.Scope;

/** How closely two networks agree on one batch of noise: what makes a rewriting trustworthy. */
public final class Agreement {
  private static final int BATCH = 4;

  private Agreement() {}

  /**
   * Compares outputs in inference.
   *
   * @param expected a network
   * @param found another, of the same inputs and outputs
   * @return the largest difference over the largest output of the first; NaN if an output is not a
   *     number
   */
  public static double difference(Network expected, Network found) {
    float[] first = outputs(expected);
    float[] second = outputs(found);
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < first.length; i++) {
      scale = Math.max(scale, Math.abs(first[i]));
      difference = Math.max(difference, Math.abs(first[i] - second[i]));
    }
    return difference == 0 ? 0 : difference / scale;
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
    float[] noise = RandomStream.of(0, "agreement").gaussians(size, 1f);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      float[][] outputs = new float[1][];
      Scope.passing(
          () -> outputs[0] = Scope.floats(session.forward(scope.tensor(noise, batch), false)));
      return outputs[0];
    }
  }
}
