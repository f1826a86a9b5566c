package kerf.integer;

/**
 * Rescaling as PyTorch's engine (fbgemm) does it, with a float: {@code clip(rint((sum + bias /
 * (inputScale * weightScale)) * m) + zeroPoint)}. The bias is not rounded.
 *
 * @param bias of each output channel, in floats
 * @param inputScale the input's scale
 * @param weightScales of each output channel, or one for all
 * @param outputScale the output's scale
 * @param zeroPoint the output's
 * @param min the least output: the grid's end, or the zero point behind a ReLU
 * @param max the greatest output
 */
public record FloatRescaling(
    float[] bias,
    float inputScale,
    float[] weightScales,
    float outputScale,
    int zeroPoint,
    int min,
    int max)
    implements Rescaling {
  /**
   * Copies what could be changed from outside.
   *
   * @param bias of each output channel
   * @param inputScale the input's scale
   * @param weightScales of each output channel, or one for all
   * @param outputScale the output's scale
   * @param zeroPoint the output's
   * @param min the least output
   * @param max the greatest output
   */
  public FloatRescaling {
    bias = bias.clone();
    weightScales = weightScales.clone();
  }

  @Override
  public int apply(int channel, int sum) {
    float product = inputScale * weightScales[weightScales.length == 1 ? 0 : channel];
    float scaled = (sum + bias[channel] / product) * (product / outputScale);
    double output = Math.rint(scaled) + zeroPoint;
    return (int) Math.max(min, Math.min(max, output));
  }
}
