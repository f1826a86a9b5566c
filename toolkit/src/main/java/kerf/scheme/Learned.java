package kerf.scheme;

/**
 * Fake quantization whose scale and zero point are learned: its value, and the gradients of a loss
 * by the numbers, the scales and the zero points. S. Esser et al., "Learned Step Size
 * Quantization", ICLR 2020, equation 3; the arithmetic of PyTorch's {@code
 * torch._fake_quantize_learnable_per_tensor_affine} and {@code _per_channel_affine}.
 *
 * @param min the grid's least integer
 * @param max its greatest
 * @param spread what shares a scale
 * @param gradientFactor multiplies the gradients of scale and zero point; LSQ's is {@code 1 /
 *     sqrt(n * max)}
 */
public record Learned(int min, int max, Spread spread, float gradientFactor) {

  /**
   * What the backward pass gives.
   *
   * @param values by each number
   * @param scales by each scale
   * @param zeroPoints by each zero point
   */
  public record Gradients(float[] values, float[] scales, float[] zeroPoints) {}

  /**
   * The factor that keeps the steps of a scale in proportion to those of the weights, LSQ section
   * 2.2.
   *
   * @param numbers how many share the scale
   * @param max the grid's greatest integer
   * @return {@code 1 / sqrt(numbers * max)}
   */
  public static float lsqFactor(int numbers, int max) {
    return (float) (1 / Math.sqrt((double) numbers * max));
  }

  /**
   * Quantizes and dequantizes with zero points that are rounded and clipped to the grid first.
   *
   * @param x numbers, row-major
   * @param scales a scale each, in C order
   * @param zeroPoints a zero point each
   * @param shape the shape of x
   * @return the nearest numbers of the grid
   */
  public float[] fake(float[] x, float[] scales, float[] zeroPoints, long... shape) {
    float[] y = new float[x.length];
    spread
        .over(shape)
        .forEach(
            (parameter, from, to) -> {
              float scale = scales[parameter];
              float zero = zero(zeroPoints[parameter]);
              float inverse = 1f / scale;
              for (int i = from; i < to; i++) {
                float q = (float) Math.rint(x[i] * inverse) + zero;
                y[i] = (Math.max(min, Math.min(max, q)) - zero) * scale;
              }
            });
    return y;
  }

  /**
   * Goes back.
   *
   * @param x numbers, row-major
   * @param scales a scale each
   * @param zeroPoints a zero point each
   * @param by the gradient of the loss by {@link #fake}
   * @param shape the shape of x
   * @return by the numbers: {@code by} where the rounded integer is on the grid, else 0; by a
   *     scale: the sum of {@code by * (clipped end - zeroPoint)} outside and {@code by * (y - x) /
   *     scale} inside; by a zero point: the sum of {@code -by * scale} outside; the last two times
   *     the factor
   */
  public Gradients gradients(
      float[] x, float[] scales, float[] zeroPoints, float[] by, long... shape) {
    float[] values = new float[x.length];
    double[] scaleSums = new double[scales.length];
    double[] zeroSums = new double[scales.length];
    spread
        .over(shape)
        .forEach(
            (parameter, from, to) -> {
              float scale = scales[parameter];
              float zero = zero(zeroPoints[parameter]);
              float inverse = 1f / scale;
              for (int i = from; i < to; i++) {
                float q = (float) Math.rint(x[i] * inverse) + zero;
                if (q < min || q > max) {
                  scaleSums[parameter] += (double) by[i] * ((q < min ? min : max) - zero);
                  zeroSums[parameter] -= (double) by[i] * scale;
                } else {
                  values[i] = by[i];
                  float y = (q - zero) * scale;
                  scaleSums[parameter] += (double) by[i] * ((y - x[i]) * inverse);
                }
              }
            });
    return new Gradients(values, scaled(scaleSums), scaled(zeroSums));
  }

  private float zero(float zeroPoint) {
    return (float) Math.max(min, Math.min(max, Math.rint(zeroPoint)));
  }

  private float[] scaled(double[] sums) {
    float[] scaled = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      scaled[i] = (float) (sums[i] * gradientFactor);
    }
    return scaled;
  }
}
