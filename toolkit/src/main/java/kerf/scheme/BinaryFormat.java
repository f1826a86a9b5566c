package kerf.scheme;

import kerf.argument.Argument;

/**
 * Weights of two values, plus and minus a scale, by their sign; the sign of 0 is +1.
 *
 * @param scaling what shares a scale
 * @param draws whether, in training, a sign is drawn: +1 with probability {@code clip((w + 1) / 2,
 *     0, 1)}
 */
public record BinaryFormat(Scaling scaling, boolean draws) implements LowBitFormat {

  /** Where the scale comes from. */
  public enum Scaling {
    /**
     * The scale is 1, and latent weights are clipped to [-1, 1]: M. Courbariaux et al.,
     * "BinaryConnect", NIPS 2015, and "Binarized Neural Networks", 2016.
     */
    NONE,
    /**
     * The mean magnitude of each output channel: M. Rastegari et al., "XNOR-Net", ECCV 2016,
     * section 3.1.
     */
    CHANNEL
  }

  /**
   * Checks that only signs without a scale are drawn.
   *
   * @param scaling what shares a scale
   * @param draws whether signs are drawn in training
   */
  public BinaryFormat {
    Argument.require("scaling", scaling);
    if (draws && scaling != Scaling.NONE) {
      throw new IllegalArgumentException(
          "signs are drawn for weights in [-1, 1] without a scale, found scaled ones; use"
              + " binaryConnect().stochastic()");
    }
  }

  /**
   * This format with signs that are drawn anew at each step of training; in inference they are
   * those of the latent weights.
   *
   * @return such a format
   * @throws IllegalArgumentException if weights have scales
   */
  public BinaryFormat stochastic() {
    return new BinaryFormat(scaling, true);
  }

  @Override
  public int bits() {
    return 1;
  }

  @Override
  public boolean hasZero() {
    return false;
  }

  /**
   * The scale of each output channel.
   *
   * @param weights latent weights, row-major
   * @param shape their shape, output channels first
   * @return mean magnitudes, or ones
   */
  public float[] scales(float[] weights, long... shape) {
    Argument.require("weights", weights);
    Argument.require("shape", shape);
    Layout rows = new Spread.PerChannel(0).over(shape);
    float[] scales = new float[rows.count()];
    rows.forEach(
        (row, from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += Math.abs(weights[i]);
          }
          scales[row] = scaling == Scaling.NONE ? 1 : (float) (sum / (to - from));
        });
    return scales;
  }

  @Override
  public float[] rounded(float[] weights, long... shape) {
    Argument.require("shape", shape);
    float[] scales = scales(weights, shape);
    float[] rounded = new float[weights.length];
    new Spread.PerChannel(0)
        .over(shape)
        .forEach(
            (row, from, to) -> {
              for (int i = from; i < to; i++) {
                rounded[i] = weights[i] >= 0 ? scales[row] : -scales[row];
              }
            });
    return rounded;
  }

  /**
   * Draws signs: BinaryConnect, section 2.3.
   *
   * @param weights latent weights
   * @param uniform a number in [0, 1) for each
   * @return +1 where the number is below {@code clip((w + 1) / 2, 0, 1)}, else -1
   */
  public float[] drawn(float[] weights, float... uniform) {
    Argument.require("weights", weights);
    Argument.require("uniform", uniform);
    float[] signs = new float[weights.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = uniform[i] < probability(weights[i]) ? 1 : -1;
    }
    return signs;
  }

  /**
   * How probable +1 is: the "hard sigmoid".
   *
   * @param weight a latent weight
   * @return {@code clip((w + 1) / 2, 0, 1)}
   */
  public static float probability(float weight) {
    return Math.max(0, Math.min(1, (weight + 1) / 2));
  }

  @Override
  public String toString() {
    return scaling == Scaling.CHANNEL
        ? "binary()"
        : draws ? "binaryConnect().stochastic()" : "binaryConnect()";
  }
}
