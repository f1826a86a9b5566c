package kerf.scheme;

/**
 * Weights of very few values, trained through floats behind them (latent weights): the network
 * computes with the few values, and the gradient moves the floats.
 */
public sealed interface LowBitFormat extends NumberFormat
    permits BinaryFormat, TernaryFormat, DorefaFormat {
  /**
   * The values that weights stand for.
   *
   * @param weights latent weights, row-major
   * @param shape their shape, output channels first
   * @return as many values; in double precision, rounded to float at the end
   */
  float[] rounded(float[] weights, long... shape);

  /**
   * Tells whether 0 is among the values, so that a pruned weight can stay pruned.
   *
   * @return whether it is
   */
  boolean hasZero();
}
