package kerf.pruning;

/**
 * Mean and deviation of numbers that come in parts.
 *
 * @param count how many
 * @param mean their mean
 * @param squares the sum of their squared distances from it
 */
record Spread(long count, double mean, double squares) {
  static final Spread NONE = new Spread(0, 0, 0);

  /** With more numbers, but for NaN (B. Welford, Technometrics 1962). */
  Spread and(float... numbers) {
    long n = count;
    double center = mean;
    double sum = squares;
    for (float number : numbers) {
      if (!Float.isNaN(number)) {
        double distance = number - center;
        center += distance / ++n;
        sum += distance * (number - center);
      }
    }
    return new Spread(n, center, sum);
  }

  /** The standard deviation: the root of the mean square, as numpy's; 0 of no numbers. */
  double deviation() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }
}
