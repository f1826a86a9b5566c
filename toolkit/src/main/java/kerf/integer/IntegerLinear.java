package kerf.integer;

/**
 * A fully connected layer in integers: {@code sum of (x - inputZero) * w}, rescaled.
 *
 * @param outputs the number of outputs
 * @param inputs the number of inputs
 * @param weights {@code (out, in)}, row-major, zero point 0
 * @param rescaling the way to the output's grid
 * @param inputZero the zero point of the input
 */
public record IntegerLinear(
    int outputs, int inputs, int[] weights, Rescaling rescaling, int inputZero) {
  /**
   * Checks the number of weights.
   *
   * @param outputs the number of outputs
   * @param inputs the number of inputs
   * @param weights {@code (out, in)}, row-major
   * @param rescaling the way to the output's grid
   * @param inputZero the zero point of the input
   */
  public IntegerLinear {
    if (weights.length != outputs * inputs) {
      throw new IllegalArgumentException(
          "a linear layer %d→%d needs %d weights, found %d"
              .formatted(inputs, outputs, outputs * inputs, weights.length));
    }
    weights = weights.clone();
  }

  /**
   * Computes a batch.
   *
   * @param x {@code (batch, in)}, row-major
   * @param batch the number of rows
   * @return {@code (batch, out)}, row-major
   */
  public int[] apply(int[] x, int batch) {
    int[] y = new int[batch * outputs];
    for (int row = 0; row < batch; row++) {
      for (int out = 0; out < outputs; out++) {
        int sum = 0;
        for (int in = 0; in < inputs; in++) {
          sum += (x[row * inputs + in] - inputZero) * weights[out * inputs + in];
        }
        y[row * outputs + out] = rescaling.apply(out, sum);
      }
    }
    return y;
  }
}
