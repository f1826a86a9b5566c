package kerf.observer;

/** All that choices of a range look at: histograms and moments of the numbers seen. */
public final class Seen {
  private static final int BINS = 2048;

  private final Bins numbers = new Bins(BINS);
  private final Bins magnitudes = new Bins(BINS);
  private float least = Float.POSITIVE_INFINITY;
  private float greatest = Float.NEGATIVE_INFINITY;
  private long count;
  private double sum;
  private double sumOfMagnitudes;
  private double sumOfSquares;

  /** Has seen nothing. */
  Seen() {}

  /** Counts finite numbers. */
  void add(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = values[i];
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
      sumOfMagnitudes += Math.abs(value);
      sumOfSquares += (double) value * value;
    }
    count += to - from;
    numbers.add(values, from, to, false);
    magnitudes.add(values, from, to, true);
  }

  /**
   * Counts the numbers.
   *
   * @return 0 or more
   */
  public long count() {
    return count;
  }

  /**
   * Gives the histogram of the numbers.
   *
   * @return 2048 bins over a range that holds 0
   */
  public Bins numbers() {
    return numbers;
  }

  /**
   * Gives the histogram of their magnitudes.
   *
   * @return 2048 bins from 0 on
   */
  public Bins magnitudes() {
    return magnitudes;
  }

  /**
   * Gives the least and greatest number.
   *
   * @return the range
   */
  public Range range() {
    return new Range(least, greatest);
  }

  /**
   * Gives the mean.
   *
   * @return in the unit of the numbers
   */
  public double mean() {
    return sum / count;
  }

  /**
   * Gives the standard deviation, divided by the count.
   *
   * @return in the unit of the numbers
   */
  public double deviation() {
    return Math.sqrt(Math.max(0, sumOfSquares / count - mean() * mean()));
  }

  /**
   * Gives the mean of the squares.
   *
   * @return in the square of the unit
   */
  public double meanSquare() {
    return sumOfSquares / count;
  }

  /**
   * Gives the mean magnitude.
   *
   * @return in the unit of the numbers
   */
  public double meanMagnitude() {
    return sumOfMagnitudes / count;
  }

  /**
   * Tells whether all numbers are on one side of 0, as behind a ReLU.
   *
   * @return true if none is negative, or none positive
   */
  public boolean oneSided() {
    return least >= 0 || greatest <= 0;
  }

  /**
   * A range on the sides of 0 that have numbers.
   *
   * @param reach how far from 0, at least 0
   * @return up to {@code reach}, where there are numbers, and never beyond the range seen
   */
  Range within(double reach) {
    return new Range(
        (float) Math.max(least, Math.min(0, -reach)),
        (float) Math.min(greatest, Math.max(0, reach)));
  }
}
