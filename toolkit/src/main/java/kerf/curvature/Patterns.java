package kerf.curvature;

import java.util.Arrays;
import kerf.data.Samples;

/**
 * What the loss is taken over: inputs and labels, in double precision.
 *
 * @param inputs sample by sample
 * @param shape the shape of all inputs, the number of samples first
 * @param labels a class a sample
 */
record Patterns(double[] inputs, long[] shape, long[] labels) {

  static Patterns of(Samples samples) {
    float[] narrow = samples.inputs();
    double[] inputs = new double[narrow.length];
    Arrays.setAll(inputs, i -> narrow[i]);
    long[] one = samples.inputShape();
    long[] shape = new long[one.length + 1];
    shape[0] = samples.size();
    System.arraycopy(one, 0, shape, 1, one.length);
    return new Patterns(inputs, shape, Arrays.stream(samples.labels()).asLongStream().toArray());
  }

  int size() {
    return labels.length;
  }

  /** The shape of a single sample as a batch of one. */
  long[] single() {
    long[] single = shape.clone();
    single[0] = 1;
    return single;
  }

  /** A single sample. */
  double[] input(int sample) {
    int length = inputs.length / size();
    return Arrays.copyOfRange(inputs, sample * length, (sample + 1) * length);
  }
}
