package kerf.scheme;

/**
 * One scale of a tensor, and what it was used for.
 *
 * @param channel which of those that have a scale
 * @param scale the distance of neighbours on the grid
 * @param zeroPoint the integer that stands for 0
 * @param least the least number
 * @param greatest the greatest number
 * @param leastInteger the least integer used
 * @param greatestInteger the greatest integer used
 */
record GridRow(
    int channel,
    float scale,
    int zeroPoint,
    float least,
    float greatest,
    int leastInteger,
    int greatestInteger) {

  static GridRow of(QuantParams params, int channel) {
    return new GridRow(
        channel,
        params.scale(),
        params.zeroPoint(),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE);
  }

  GridRow and(float[] values, int[] integers, int from, int to) {
    float low = least;
    float high = greatest;
    int lowInteger = leastInteger;
    int highInteger = greatestInteger;
    for (int i = from; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
      lowInteger = Math.min(lowInteger, integers[i]);
      highInteger = Math.max(highInteger, integers[i]);
    }
    return new GridRow(channel, scale, zeroPoint, low, high, lowInteger, highInteger);
  }
}
