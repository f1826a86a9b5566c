package kerf.scheme;

import kerf.argument.Argument;

/**
 * Weights, activations and gradients of few bits: S. Zhou et al., "DoReFa-Net", 2016. All are
 * rounded to the {@code 2^bits} numbers {@code i / (2^bits - 1)} of [0, 1], shifted and stretched.
 *
 * @param bits 1 to 8; weights of 1 bit are plus and minus the tensor's mean magnitude
 */
public record DorefaFormat(int bits) implements LowBitFormat {
  /**
   * Checks the bits.
   *
   * @param bits 1 to 8
   */
  public DorefaFormat {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("dorefa needs 1 to 8 bits, found " + bits);
    }
  }

  @Override
  public boolean hasZero() {
    return false;
  }

  /**
   * The number of steps from 0 to 1.
   *
   * @return {@code 2^bits - 1}
   */
  public int steps() {
    return (1 << bits) - 1;
  }

  /**
   * The weights, equations 7 and 9: {@code 2 rint(steps (tanh(w) / (2 max|tanh(w)|) + 1/2)) / steps
   * - 1}; of 1 bit {@code mean|w| sign(w)}, with a sign of +1 for 0.
   */
  @Override
  public float[] rounded(float[] weights, long... shape) {
    Argument.require("weights", weights);
    Argument.require("shape", shape);
    float[] rounded = new float[weights.length];
    if (bits == 1) {
      double sum = 0;
      for (float weight : weights) {
        sum += Math.abs(weight);
      }
      float mean = (float) (sum / weights.length);
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = weights[i] >= 0 ? mean : -mean;
      }
      return rounded;
    }
    int[] indices = indices(weights);
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) (2.0 * indices[i] / steps() - 1);
    }
    return rounded;
  }

  /**
   * Which of the numbers each weight becomes.
   *
   * @param weights latent weights
   * @return 0 to {@link #steps}; the middle for a tensor of zeros
   */
  public int[] indices(float... weights) {
    Argument.require("weights", weights);
    double largest = Double.MIN_NORMAL;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(Math.tanh(weight)));
    }
    int[] indices = new int[weights.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) Math.rint(steps() * (Math.tanh(weights[i]) / (2 * largest) + 0.5));
    }
    return indices;
  }

  /**
   * The gradients of one instance of a batch, equation 12.
   *
   * @param gradients by the outputs of a layer
   * @param noise for each a number drawn evenly from (-0.5, 0.5)
   * @return {@code 2 M (rint(steps (g / (2 M) + 1/2 + noise / steps)) / steps - 1/2)} with M the
   *     largest magnitude; zeros where that is 0
   */
  public float[] gradients(float[] gradients, float... noise) {
    Argument.require("gradients", gradients);
    Argument.require("noise", noise);
    double largest = 0;
    for (float gradient : gradients) {
      largest = Math.max(largest, Math.abs(gradient));
    }
    float[] rounded = new float[gradients.length];
    for (int i = 0; i < rounded.length && largest > 0; i++) {
      double share = gradients[i] / (2 * largest) + 0.5 + noise[i] / (double) steps();
      rounded[i] = (float) (2 * largest * (Math.rint(steps() * share) / steps() - 0.5));
    }
    return rounded;
  }

  @Override
  public String toString() {
    return "dorefa(%d)".formatted(bits);
  }
}
