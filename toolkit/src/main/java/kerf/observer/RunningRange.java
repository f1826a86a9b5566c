package kerf.observer;

import java.util.Arrays;
import java.util.stream.IntStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Layout;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;

/** Least and greatest number of each thing that has a scale, overall or averaged over batches. */
public final class RunningRange implements ObserverState {
  private final Observer plan;
  private final IntegerFormat format;
  private final float constant;
  private final boolean overall;
  private float[] low;
  private float[] high;

  RunningRange(Observer plan, IntegerFormat format, float constant, boolean overall) {
    this.plan = plan;
    this.format = format;
    this.constant = constant;
    this.overall = overall;
  }

  @Override
  public void observe(float[] values, long... shape) {
    Layout layout = format.spread().over(shape);
    float[] batchLow = new float[layout.count()];
    float[] batchHigh = new float[layout.count()];
    Arrays.fill(batchLow, Float.POSITIVE_INFINITY);
    Arrays.fill(batchHigh, Float.NEGATIVE_INFINITY);
    layout.forEach(
        (parameter, from, to) -> {
          float least = batchLow[parameter];
          float greatest = batchHigh[parameter];
          for (int i = from; i < to; i++) {
            // Math.min keeps a NaN, so that it is found below.
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
          }
          batchLow[parameter] = least;
          batchHigh[parameter] = greatest;
        });
    for (int i = 0; i < batchLow.length; i++) {
      Observed.requireFinite(plan, batchLow[i], batchHigh[i]);
    }
    if (low == null) {
      low = batchLow;
      high = batchHigh;
    } else {
      requireSameCount(batchLow.length);
      for (int i = 0; i < low.length; i++) {
        low[i] =
            overall ? Math.min(low[i], batchLow[i]) : low[i] + constant * (batchLow[i] - low[i]);
        high[i] =
            overall
                ? Math.max(high[i], batchHigh[i])
                : high[i] + constant * (batchHigh[i] - high[i]);
      }
    }
  }

  private void requireSameCount(int count) {
    if (count != low.length) {
      throw new IllegalArgumentException(
          "%s saw %d channels before, found %d; observe one tensor with one observer"
              .formatted(plan, low.length, count));
    }
  }

  /**
   * Gives the ranges so far.
   *
   * @return one for each thing that has a scale
   * @throws IllegalStateException if nothing was seen
   */
  public Range[] ranges() {
    if (low == null) {
      throw Range.unseen(plan);
    }
    return IntStream.range(0, low.length)
        .mapToObj(i -> new Range(low[i], high[i]))
        .toArray(Range[]::new);
  }

  @Override
  public Quantizer quantizer() {
    return format.quantizer(
        Arrays.stream(ranges())
            .map(range -> format.params(range.low(), range.high()))
            .toArray(QuantParams[]::new));
  }
}
