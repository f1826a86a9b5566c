package kerf.scheme;

import kerf.argument.Argument;

/**
 * Weights of three values: 0 where a weight is small, else a positive or a negative one.
 *
 * @param threshold what is small: up to this share of the tensor's mean magnitude or, for learned
 *     levels, of its largest
 * @param trains whether the two levels are trained, each for itself: C. Zhu et al., "Trained
 *     Ternary Quantization", ICLR 2017. Else both are the mean magnitude of the weights that stay:
 *     F. Li et al., "Ternary Weight Networks", 2016
 */
public record TernaryFormat(double threshold, boolean trains) implements LowBitFormat {
  private static final double MEAN_SHARE = 0.7;
  private static final double LARGEST_SHARE = 0.05;

  /**
   * Checks the threshold.
   *
   * @param threshold a share of the mean or largest magnitude
   * @param trains whether the two levels are trained
   */
  public TernaryFormat {
    if (!(threshold >= 0) || trains && threshold >= 1 || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          trains
              ? "threshold must be a share of the largest magnitude in [0, 1), found " + threshold
              : "threshold must be a multiple of the mean magnitude, 0 or more, found "
                  + threshold);
    }
  }

  /**
   * Ternary weights as published: 0 up to 0.7 of the mean magnitude.
   *
   * @return the format
   */
  public static TernaryFormat plain() {
    return new TernaryFormat(MEAN_SHARE, false);
  }

  /**
   * This format with trained levels, 0 up to 0.05 of the largest magnitude.
   *
   * @return such a format
   */
  public TernaryFormat learned() {
    return new TernaryFormat(LARGEST_SHARE, true);
  }

  /**
   * This format with another threshold.
   *
   * @param share of the mean magnitude or, for learned levels, of the largest
   * @return such a format
   */
  public TernaryFormat threshold(double share) {
    return new TernaryFormat(share, trains);
  }

  @Override
  public int bits() {
    return 2;
  }

  @Override
  public boolean hasZero() {
    return true;
  }

  /**
   * The magnitude up to which weights become 0.
   *
   * @param weights latent weights
   * @return the threshold itself
   */
  public double delta(float... weights) {
    Argument.require("weights", weights);
    double sum = 0;
    double largest = 0;
    for (float weight : weights) {
      sum += Math.abs(weight);
      largest = Math.max(largest, Math.abs(weight));
    }
    return threshold * (trains ? largest : sum / weights.length);
  }

  /**
   * Where levels are, or start if they are learned.
   *
   * @param weights latent weights
   * @return the magnitude of the positive and of the negative level: the mean of those that stay,
   *     of both signs together or, for learned levels, of each sign; 0 where none stays
   */
  public float[] levels(float... weights) {
    double delta = delta(weights);
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (float weight : weights) {
      if (Math.abs(weight) > delta) {
        int side = weight > 0 ? 0 : 1;
        sums[side] += Math.abs(weight);
        counts[side]++;
      }
    }
    if (!trains) {
      float both = mean(sums[0] + sums[1], counts[0] + counts[1]);
      return new float[] {both, both};
    }
    return new float[] {mean(sums[0], counts[0]), mean(sums[1], counts[1])};
  }

  private static float mean(double sum, int count) {
    return count == 0 ? 0 : (float) (sum / count);
  }

  /**
   * Which value each weight has.
   *
   * @param weights latent weights
   * @return -1, 0 or +1
   */
  public int[] signs(float... weights) {
    double delta = delta(weights);
    int[] signs = new int[weights.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = weights[i] > delta ? 1 : weights[i] < -delta ? -1 : 0;
    }
    return signs;
  }

  @Override
  public float[] rounded(float[] weights, long... shape) {
    Argument.require("shape", shape);
    return rounded(weights, levels(weights));
  }

  /**
   * The values for given levels.
   *
   * @param weights latent weights
   * @param levels the magnitude of the positive and of the negative level
   * @return the positive level, 0, or minus the negative one
   */
  public float[] rounded(float[] weights, float[] levels) {
    Argument.require("levels", levels);
    int[] signs = signs(weights);
    float[] rounded = new float[weights.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = signs[i] > 0 ? levels[0] : signs[i] < 0 ? -levels[1] : 0;
    }
    return rounded;
  }

  @Override
  public String toString() {
    String own = trains ? "ternary().learned()" : "ternary()";
    return threshold == (trains ? LARGEST_SHARE : MEAN_SHARE)
        ? own
        : own + ".threshold(%s)".formatted(threshold);
  }
}
