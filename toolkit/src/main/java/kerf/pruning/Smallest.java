package kerf.pruning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which scores are the smallest, of equal ones those that come first; in linear time, nothing is
 * sorted or copied.
 *
 * <p>The k-th smallest score is found digit by digit, counting how often each digit of 16 bits
 * follows those found so far (a radix selection). A second look then tells who is below it.
 */
final class Smallest {
  private static final int DIGIT = 16;
  private static final int DIGITS = 1 << DIGIT;

  private final int limit;
  private int equals;

  /** Finds the limit: all below it go, and of those equal to it the first {@code equals}. */
  private Smallest(List<float[]> scores, int k) {
    int high = 0;
    int rank = k;
    int[] counts = new int[DIGITS];
    for (float[] part : scores) {
      for (float score : part) {
        counts[key(score) >>> DIGIT]++;
      }
    }
    while (counts[high] < rank) {
      rank -= counts[high++];
    }
    int low = 0;
    counts = new int[DIGITS];
    for (float[] part : scores) {
      for (float score : part) {
        int key = key(score);
        if (key >>> DIGIT == high) {
          counts[key & DIGITS - 1]++;
        }
      }
    }
    while (counts[low] < rank) {
      rank -= counts[low++];
    }
    limit = high << DIGIT | low;
    equals = rank;
  }

  /**
   * The k smallest of some scores.
   *
   * @param scores -0 and 0 are equal, NaN is larger than all others
   * @param k 0 to the number of scores that are not NaN
   * @return their indices, exactly k
   */
  static BitSet of(float[] scores, int k) {
    return of(List.of(scores), k).get(0);
  }

  /**
   * The k smallest of all scores of several arrays together.
   *
   * @param scores -0 and 0 are equal, NaN is larger than all others
   * @param k 0 to the number of scores that are not NaN
   * @return their indices within each array, exactly k in all
   */
  static List<BitSet> of(List<float[]> scores, int k) {
    if (k == 0) {
      return scores.stream().map(part -> new BitSet()).toList();
    }
    Smallest smallest = new Smallest(scores, k);
    List<BitSet> chosen = new ArrayList<>();
    scores.forEach(part -> chosen.add(smallest.choose(part)));
    return chosen;
  }

  private BitSet choose(float[] scores) {
    long[] words = new long[(scores.length + Long.SIZE - 1) / Long.SIZE];
    int flipped = limit ^ Integer.MIN_VALUE;
    for (int word = 0; word < words.length; word++) {
      int start = word * Long.SIZE;
      int end = Math.min(scores.length, start + Long.SIZE);
      long below = 0;
      long equal = 0;
      for (int i = start; i < end; i++) {
        int key = key(scores[i]) ^ Integer.MIN_VALUE;
        // Without a branch, which half the time would be foretold wrongly.
        below |= (key < flipped ? 1L : 0L) << i;
        equal |= (key == flipped ? 1L : 0L) << i;
      }
      for (; equal != 0 && equals > 0; equals--) {
        long first = Long.lowestOneBit(equal);
        below |= first;
        equal ^= first;
      }
      words[word] = below;
    }
    return BitSet.valueOf(words);
  }

  /** Bits that compare, unsigned, as their floats do. */
  private static int key(float score) {
    // Adding 0 turns -0 into 0.
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ (bits >> Integer.SIZE - 1 | Integer.MIN_VALUE);
  }
}
