package kerf.repair;

/**
 * Decides for each weight whether it is rounded up or down, so that the layer's output on samples
 * is as it should be: Nagel et al. 2020, "Up or Down? Adaptive Rounding for Post-Training
 * Quantization". A plan; immutable.
 *
 * <p>Each weight gets a variable V, and is {@code s clip(floor(w / s) + h(V), n, p)} with the
 * rectified sigmoid {@code h(V) = clip(1.2 sigmoid(V) - 0.1, 0, 1)} (equations 22 and 23). Adam
 * lessens the squared error of the output, behind the ReLU that follows, given the inputs that the
 * quantized layers before it leave (equation 25); from {@link #warm} on also {@code strength sum(1
 * - |2 h(V) - 1|^beta)}, whose beta falls from 20 to 2 along half a cosine, so that every h ends at
 * 0 or 1.
 *
 * <p>A step sees rows: what a filter sees at one position of one sample. Errors are counted in
 * units of what one weight rounded the wrong way costs on average, so that {@link #strength} means
 * the same for every layer and width; the article counts them as they are, with a strength of 0.01.
 * Weights that are 0 stay 0. Where nearest rounding has the smaller error on all rows, it stays.
 *
 * @param steps optimizer steps a layer; the article has 10,000
 * @param batch rows a step
 * @param rows rows that are kept of the samples for each layer
 * @param rate Adam's learning rate
 * @param strength the weight of the regularizer
 * @param warm the part of the steps before the regularizer sets in
 * @param seed decides which rows are seen when
 */
public record AdaRound(
    int steps, int batch, int rows, double rate, double strength, double warm, long seed) {

  /**
   * Checks the numbers.
   *
   * @param steps optimizer steps a layer, 1 or more
   * @param batch rows a step, 1 or more
   * @param rows rows that are kept, 1 or more
   * @param rate Adam's learning rate, above 0
   * @param strength the weight of the regularizer, 0 or more
   * @param warm the part of the steps before the regularizer sets in, in [0, 1)
   * @param seed decides which rows are seen when
   */
  public AdaRound {
    if (steps < 1 || batch < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "steps, batch and rows must be 1 or more, found %d, %d and %d"
              .formatted(steps, batch, rows));
    }
    if (!(rate > 0) || !(strength >= 0)) {
      throw new IllegalArgumentException(
          "rate must be above 0 and strength 0 or more, found %s and %s".formatted(rate, strength));
    }
    if (!(warm >= 0 && warm < 1)) {
      throw new IllegalArgumentException("warm must be a fraction in [0, 1), found " + warm);
    }
  }

  /**
   * The plan everything starts from: 1,000 steps of 256 rows.
   *
   * @return the plan with every default filled in
   */
  public static AdaRound plan() {
    return new AdaRound(1000, 256, 8192, 0.01, 1, 0.2, 0);
  }

  /**
   * This plan with so many steps a layer.
   *
   * @param count 1 or more
   * @return a new plan
   */
  public AdaRound steps(int count) {
    return new AdaRound(count, batch, rows, rate, strength, warm, seed);
  }

  /**
   * This plan with so many rows a step.
   *
   * @param count 1 or more
   * @return a new plan
   */
  public AdaRound batch(int count) {
    return new AdaRound(steps, count, rows, rate, strength, warm, seed);
  }

  /**
   * This plan with another learning rate.
   *
   * @param other above 0
   * @return a new plan
   */
  public AdaRound rate(double other) {
    return new AdaRound(steps, batch, rows, other, strength, warm, seed);
  }

  /**
   * This plan with another weight of the regularizer.
   *
   * @param other 0 or more
   * @return a new plan
   */
  public AdaRound strength(double other) {
    return new AdaRound(steps, batch, rows, rate, other, warm, seed);
  }

  /**
   * This plan with another seed.
   *
   * @param other decides which rows are seen when
   * @return a new plan
   */
  public AdaRound seed(long other) {
    return new AdaRound(steps, batch, rows, rate, strength, warm, other);
  }
}
