package kerf.integer;

/**
 * No rescaling: sums of products with the bias, as a last layer whose output goes on in floats has
 * them; in units of {@code inputScale * weightScale}.
 *
 * @param bias of each output channel, in those units
 */
public record RawSums(int[] bias) implements Rescaling {
  /**
   * Copies the bias.
   *
   * @param bias of each output channel
   */
  public RawSums {
    bias = bias.clone();
  }

  @Override
  public int apply(int channel, int sum) {
    return sum + bias[channel];
  }
}
