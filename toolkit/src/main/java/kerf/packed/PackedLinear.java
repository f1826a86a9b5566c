package kerf.packed;

import kerf.argument.Argument;

/**
 * A linear layer that reads signs.
 *
 * @param weights of one tap
 * @param bias added to each output; zeros for none
 */
public record PackedLinear(PackedWeights weights, float... bias) {
  /**
   * Checks the sizes.
   *
   * @param weights of one tap
   * @param bias added to each output
   */
  public PackedLinear {
    Argument.require("weights", weights);
    Argument.require("bias", bias);
    if (weights.taps() != 1 || bias.length != weights.rows()) {
      throw new IllegalArgumentException(
          "a linear layer needs weights of one tap and a bias for each of %d rows, found %d taps and %d biases"
              .formatted(weights.rows(), weights.taps(), bias.length));
    }
  }

  /**
   * Computes a batch.
   *
   * @param signs a row an input
   * @return {@code (batch, outputs)}, row-major
   */
  public float[] apply(SignRows signs) {
    Argument.require("signs", signs);
    if (signs.columns() != weights.columns()) {
      throw new IllegalArgumentException(
          "%s needs %d inputs, found %d".formatted(weights, weights.columns(), signs.columns()));
    }
    int rows = weights.rows();
    float[] outputs = new float[signs.rows() * rows];
    for (int i = 0; i < signs.rows(); i++) {
      weights.multiply(signs.words(), i * signs.each(), outputs, i * rows, 1);
      for (int row = 0; row < rows; row++) {
        outputs[i * rows + row] += bias[row];
      }
    }
    return outputs;
  }
}
