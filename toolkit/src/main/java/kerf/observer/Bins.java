package kerf.observer;

import java.util.Arrays;

/**
 * Counts of numbers in bins of equal width. The first numbers set the range; a later one beyond it
 * doubles the width, two bins becoming one, as often as needed: so counts stay exact.
 */
public final class Bins {
  private final long[] counts;
  private float low;
  private float high;
  private long zeros;

  Bins(int count) {
    this.counts = new long[count];
  }

  /**
   * Counts numbers.
   *
   * @param values finite numbers
   * @param from the first
   * @param to the one after the last
   * @param magnitudes true to count absolute values, from 0 on
   */
  void add(float[] values, int from, int to, boolean magnitudes) {
    float least = 0;
    float greatest = 0;
    for (int i = from; i < to; i++) {
      float value = magnitudes ? Math.abs(values[i]) : values[i];
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least == greatest && low == high) {
      // Nothing but zeros so far: there is no width yet.
      zeros += to - from;
      return;
    }
    cover(least, greatest);
    float reach = high - low;
    int last = counts.length - 1;
    for (int i = from; i < to; i++) {
      float value = magnitudes ? Math.abs(values[i]) : values[i];
      counts[Math.min((int) ((value - low) / reach * counts.length), last)]++;
    }
  }

  private void cover(float least, float greatest) {
    if (low == high) {
      low = least;
      high = greatest;
      counts[Math.min((int) (-low / (high - low) * counts.length), counts.length - 1)] += zeros;
      zeros = 0;
    }
    while (greatest > high) {
      merge(0);
      high = low + 2 * (high - low);
    }
    while (least < low) {
      merge(counts.length / 2);
      low = high - 2 * (high - low);
    }
  }

  /** Puts pairs of bins together, in the half that begins at a place. */
  private void merge(int place) {
    long[] merged = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      merged[place + i / 2] += counts[i];
    }
    System.arraycopy(merged, 0, counts, 0, counts.length);
  }

  /**
   * Gives the counts.
   *
   * @return a copy, from the lowest bin to the highest
   */
  public long[] counts() {
    long[] all = counts.clone();
    // Zeros alone lie in the bin that begins at 0.
    all[0] += zeros;
    return all;
  }

  /**
   * Gives the lower edge of the lowest bin.
   *
   * @return at most 0
   */
  public float low() {
    return low;
  }

  /**
   * Gives the upper edge of the highest bin.
   *
   * @return at least 0
   */
  public float high() {
    return high;
  }

  /**
   * Gives the width of a bin.
   *
   * @return 0 while only zeros were seen
   */
  public float width() {
    return (high - low) / counts.length;
  }

  long total() {
    return Arrays.stream(counts).sum() + zeros;
  }
}
