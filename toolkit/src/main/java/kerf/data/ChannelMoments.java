package kerf.data;

/**
 * What the pixels of a channel are like, in the unit range, rounded to 4 decimals.
 *
 * @param mean the mean
 * @param deviation the standard deviation, of the whole and not of a sample
 */
record ChannelMoments(double mean, double deviation) {

  static ChannelMoments of(long sum, long squares, double count, int maximum) {
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    return new ChannelMoments(rounded(mean / maximum), rounded(Math.sqrt(variance) / maximum));
  }

  private static double rounded(double number) {
    return Math.rint(number * 10_000) / 10_000;
  }
}
