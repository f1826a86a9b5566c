package kerf.integer;

import java.util.List;

/**
 * Rescaling in integers alone: {@code clip(M * (sum + bias) + zeroPoint)}. Jacob et al. 2018,
 * section 2.4.
 *
 * @param bias of each output channel, in units of {@code inputScale * weightScale}
 * @param multipliers {@code inputScale * weightScale / outputScale} of each output channel, or one
 *     for all
 * @param zeroPoint the output's
 * @param min the least output: the grid's end, or the zero point behind a ReLU
 * @param max the greatest output: the grid's end, or that of a ReLU6
 */
public record FixedPoint(int[] bias, List<Multiplier> multipliers, int zeroPoint, int min, int max)
    implements Rescaling {
  /**
   * Copies what could be changed from outside.
   *
   * @param bias of each output channel
   * @param multipliers of each output channel, or one for all
   * @param zeroPoint the output's
   * @param min the least output
   * @param max the greatest output
   */
  public FixedPoint {
    bias = bias.clone();
    multipliers = List.copyOf(multipliers);
    if (multipliers.size() != 1 && multipliers.size() != bias.length) {
      throw new IllegalArgumentException(
          "rescaling needs one multiplier or one a channel, that is %d, found %d"
              .formatted(bias.length, multipliers.size()));
    }
  }

  @Override
  public int apply(int channel, int sum) {
    Multiplier multiplier = multipliers.get(multipliers.size() == 1 ? 0 : channel);
    long output = (long) multiplier.times(sum + bias[channel]) + zeroPoint;
    return (int) Math.max(min, Math.min(max, output));
  }

  /**
   * A bias in integers.
   *
   * @param bias in floats
   * @param inputScale the scale of the input
   * @param weightScale the scale of the channel's weights
   * @return {@code rint(bias / (inputScale * weightScale))}, held at the ends of 32 bits
   */
  public static int bias(float bias, float inputScale, float weightScale) {
    double units = Math.rint(bias / ((double) inputScale * weightScale));
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, units));
  }
}
