package kerf.model;

import kerf.random.RandomStream;

/**
 * How the weights of a fresh network are drawn. Biases and shifts start at 0, scales and running
 * variances at 1.
 *
 * <p>For a weight of shape {@code (out, in, ...)} with r elements in the further dimensions, fan-in
 * is {@code in * r} and fan-out {@code out * r}, as in {@code torch.nn.init}.
 */
public sealed interface Initialization {

  /**
   * Draws a weight.
   *
   * @param shape its shape, {@code (out, in, ...)}
   * @param stream where the randomness comes from
   * @return row-major values
   */
  float[] draw(long[] shape, RandomStream stream);

  /** Normal with variance {@code 2 / (fanIn + fanOut)}: Glorot and Bengio 2010. */
  record GlorotNormal() implements Initialization {
    @Override
    public float[] draw(long[] shape, RandomStream stream) {
      return stream.gaussians(size(shape), (float) Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape))));
    }

    @Override
    public String toString() {
      return "glorotNormal";
    }
  }

  /** Normal with variance {@code 2 / fanIn}: He et al. 2015, {@code kaiming_normal_}. */
  record KaimingNormal() implements Initialization {
    @Override
    public float[] draw(long[] shape, RandomStream stream) {
      return stream.gaussians(size(shape), (float) Math.sqrt(2.0 / fanIn(shape)));
    }

    @Override
    public String toString() {
      return "kaimingNormal";
    }
  }

  /** Uniform within {@code 1 / sqrt(fanIn)} of 0: the default of {@code torch.nn.Linear}. */
  record KaimingUniform() implements Initialization {
    @Override
    public float[] draw(long[] shape, RandomStream stream) {
      float bound = (float) (1 / Math.sqrt(fanIn(shape)));
      return stream.uniforms(size(shape), -bound, bound);
    }

    @Override
    public String toString() {
      return "kaimingUniform";
    }
  }

  private static int size(long... shape) {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return Math.toIntExact(size);
  }

  private static double fanIn(long... shape) {
    return (double) size(shape) / shape[0];
  }

  private static double fanOut(long... shape) {
    return (double) size(shape) / shape[1];
  }
}
