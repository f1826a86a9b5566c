package kerf.integer;

import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantizedTensor;
import kerf.scheme.Quantizer;

/**
 * A fully connected layer of dynamic quantization: its weights are integers, and its input becomes
 * so when it comes, with a scale of its own range; the sum of products is taken back to floats:
 * {@code y = sum of (x - inputZero) * w * (inputScale * weightScale) + bias}. {@code
 * torch.ao.nn.quantized.dynamic.Linear}, whose inputs are {@code uint8().reduceRange()}.
 *
 * @param weights {@code (out, in)}, zero point 0; one scale, or one an output
 * @param bias of each output, in floats
 * @param input the grid of the input
 */
public record IntegerDynamicLinear(QuantizedTensor weights, float[] bias, IntegerFormat input) {
  /**
   * Checks the sizes.
   *
   * @param weights {@code (out, in)}
   * @param bias of each output
   * @param input the grid of the input
   */
  public IntegerDynamicLinear {
    if (weights.shape().length != 2 || weights.shape()[0] != bias.length) {
      throw new IllegalArgumentException(
          "a linear layer of %d biases needs as many rows of weights, found %s"
              .formatted(bias.length, weights));
    }
    bias = bias.clone();
  }

  /**
   * Quantizes an input by its own least and greatest number.
   *
   * @param x any number of rows
   * @return its integers
   */
  public QuantizedTensor quantize(float... x) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : x) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    Quantizer quantizer = input.quantizer(FusedRange.params(input, low, high)).whole();
    return quantizer.quantize(x, x.length);
  }

  /**
   * Computes a batch: one scale for all of it.
   *
   * @param x {@code (batch, in)}, row-major
   * @return {@code (batch, out)}, row-major
   */
  public float[] apply(float... x) {
    return apply(quantize(x));
  }

  /** Computes the rows of a quantized input. */
  float[] apply(QuantizedTensor x) {
    int[] integers = x.integers();
    int[] w = weights.integers();
    int inputs = (int) weights.shape()[1];
    int zero = x.quantizer().params().get(0).zeroPoint();
    float inputScale = x.quantizer().params().get(0).scale();
    float[] y = new float[integers.length / inputs * bias.length];
    for (int i = 0; i < y.length; i++) {
      int row = i / bias.length;
      int out = i % bias.length;
      int sum = 0;
      for (int in = 0; in < inputs; in++) {
        sum += (integers[row * inputs + in] - zero) * w[out * inputs + in];
      }
      y[i] = sum * (inputScale * weightScale(out)) + bias[out];
    }
    return y;
  }

  private float weightScale(int out) {
    var params = weights.quantizer().params();
    return params.get(params.size() == 1 ? 0 : out).scale();
  }
}
