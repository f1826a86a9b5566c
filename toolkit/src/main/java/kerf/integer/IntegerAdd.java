package kerf.integer;

import kerf.scheme.QuantParams;

/**
 * Addition in integers: both operands are brought to one scale, twice the greater of theirs, with
 * 20 bits to spare, added, and rescaled. Jacob et al. 2018, appendix A.2.
 *
 * @param first the first operand's scale and zero point
 * @param second the second's
 * @param output the sum's
 * @param min the least output: the grid's end, or the zero point behind a ReLU
 * @param max the greatest output
 */
public record IntegerAdd(
    QuantParams first, QuantParams second, QuantParams output, int min, int max) {
  private static final int SPARE = 20;

  /**
   * Adds element by element.
   *
   * @param a the first operand
   * @param b the second, of as many elements
   * @return the sums on the output's grid
   */
  public int[] apply(int[] a, int[] b) {
    double common = 2.0 * Math.max(first.scale(), second.scale());
    Multiplier forFirst = Multiplier.of(first.scale() / common);
    Multiplier forSecond = Multiplier.of(second.scale() / common);
    Multiplier back = Multiplier.of(common / ((1 << SPARE) * (double) output.scale()));
    int[] y = new int[a.length];
    for (int i = 0; i < y.length; i++) {
      int one = forFirst.times((a[i] - first.zeroPoint()) << SPARE);
      int other = forSecond.times((b[i] - second.zeroPoint()) << SPARE);
      long sum = (long) back.times(one + other) + output.zeroPoint();
      y[i] = (int) Math.max(min, Math.min(max, sum));
    }
    return y;
  }
}
