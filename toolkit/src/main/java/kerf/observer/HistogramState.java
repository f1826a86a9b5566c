package kerf.observer;

import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;

/** The histogram of PyTorch's {@code HistogramObserver} so far. */
public final class HistogramState implements ObserverState {
  private static final int PARTS = 16;

  private final HistogramSearch plan;
  private final IntegerFormat format;
  private double[] counts;
  private float min;
  private float max;

  HistogramState(HistogramSearch plan, IntegerFormat format) {
    this.plan = plan;
    this.format = format;
  }

  @Override
  public void observe(float[] values, long... shape) {
    Range batch = Observed.range(plan, values);
    if (counts == null) {
      min = batch.low();
      max = batch.high();
      counts = histogram(values, min, max);
      return;
    }
    float newMin = Math.min(min, batch.low());
    float newMax = Math.max(max, batch.high());
    double[] added = histogram(values, newMin, newMax);
    double[] carried = newMin == min && newMax == max ? counts : carried(newMin, newMax);
    for (int i = 0; i < added.length; i++) {
      added[i] += carried[i];
    }
    counts = added;
    min = newMin;
    max = newMax;
  }

  /** {@code torch.histc}: of numbers that are all equal, all are in the middle bin. */
  private double[] histogram(float[] values, float least, float greatest) {
    double[] histogram = new double[plan.bins()];
    float low = least == greatest ? least - 1 : least;
    float high = least == greatest ? greatest + 1 : greatest;
    for (float value : values) {
      int bin = (int) ((value - low) * plan.bins() / (high - low));
      histogram[Math.min(bin, plan.bins() - 1)]++;
    }
    return histogram;
  }

  /** The old counts over a wider range: each bin in parts, each part where its middle lies. */
  private double[] carried(float newMin, float newMax) {
    double[] carried = new double[plan.bins()];
    double width = ((double) newMax - newMin) / plan.bins();
    if (min == max) {
      double sum = 0;
      for (double count : counts) {
        sum += count;
      }
      carried[bin(min, newMin, width)] = sum;
      return carried;
    }
    double part = ((double) max - min) / plan.bins() / PARTS;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        for (int p = 0; p < PARTS; p++) {
          double middle = min + (i * PARTS + p + 0.5) * part;
          carried[bin(middle, newMin, width)] += counts[i] / PARTS;
        }
      }
    }
    return carried;
  }

  private int bin(double value, float low, double width) {
    return Math.max(0, Math.min(plan.bins() - 1, (int) Math.floor((value - low) / width)));
  }

  /**
   * Gives the histogram.
   *
   * @return counts from {@link #range}'s low to its high
   * @throws IllegalStateException if nothing was seen
   */
  public double[] counts() {
    requireSeen();
    return counts.clone();
  }

  /**
   * Gives the range of the histogram.
   *
   * @return the least and greatest number seen
   * @throws IllegalStateException if nothing was seen
   */
  public Range range() {
    requireSeen();
    return new Range(min, max);
  }

  /**
   * Gives the range chosen.
   *
   * @return what is beyond it will be clipped
   * @throws IllegalStateException if nothing was seen
   */
  public Range chosen() {
    requireSeen();
    return new GreedySearch(counts, min, max).range();
  }

  private void requireSeen() {
    if (counts == null) {
      throw Range.unseen(plan);
    }
  }

  @Override
  public Quantizer quantizer() {
    Range range = chosen();
    return format.quantizer(format.params(range.low(), range.high()));
  }
}
