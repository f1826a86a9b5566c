package kerf.model;

import java.util.Arrays;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/** What a network computes, not in training. */
public final class Outputs {
  private Outputs() {}

  /** Row-major, as the inputs are; their shape begins with the batch. */
  public static float[] of(Network network, float[] inputs, long... shape) {
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      return Scope.floats(session.forward(scope.tensor(inputs, shape), false));
    }
  }

  /** Of a batch of noise. */
  public static float[] ofNoise(Network network, int samples, RandomStream stream, float spread) {
    long[] shape = batch(network, samples);
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return of(network, stream.gaussians(size, spread), shape);
  }

  /** The shape of a batch of so many inputs. */
  public static long[] batch(Network network, int samples) {
    long[] shape = network.architecture().structure().inputShape();
    long[] batch = new long[shape.length + 1];
    batch[0] = samples;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return batch;
  }
}
