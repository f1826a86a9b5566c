package kerf.pruning;

/** Which scores are the smallest, of equal ones those with the smaller index; in linear time. */
final class Smallest {
  private static final int DIGIT = 8;
  private static final int DIGITS = 1 << DIGIT;

  private Smallest() {}

  /**
   * The k smallest scores. The k-th smallest is found digit by digit, counting how often each
   * follows the digits found so far (a radix selection), so nothing is sorted.
   *
   * @param scores no NaN among them; -0 and 0 are equal
   * @param k 0 to the number of scores
   * @return the indices of exactly k scores, ascending
   */
  static int[] of(float[] scores, int k) {
    int[] chosen = new int[k];
    if (k == 0) {
      return chosen;
    }
    int[] keys = keys(scores);
    int limit = 0;
    int known = 0;
    int rank = k;
    for (int shift = Integer.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
      int[] counts = new int[DIGITS];
      for (int key : keys) {
        if ((key & known) == limit) {
          counts[key >>> shift & DIGITS - 1]++;
        }
      }
      int digit = 0;
      while (counts[digit] < rank) {
        rank -= counts[digit++];
      }
      limit |= digit << shift;
      known |= DIGITS - 1 << shift;
    }
    int next = 0;
    for (int i = 0; next < k; i++) {
      int order = Integer.compareUnsigned(keys[i], limit);
      if (order < 0 || order == 0 && rank-- > 0) {
        chosen[next++] = i;
      }
    }
    return chosen;
  }

  /** Bits that compare, unsigned, as their floats do. */
  private static int[] keys(float[] scores) {
    int[] keys = new int[scores.length];
    for (int i = 0; i < keys.length; i++) {
      // Adding 0 turns -0 into 0.
      int bits = Float.floatToIntBits(scores[i] + 0f);
      keys[i] = bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
    }
    return keys;
  }
}
