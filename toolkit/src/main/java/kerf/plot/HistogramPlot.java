package kerf.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import kerf.plot.Axis.Scaling;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The plan of a histogram: how many values fall in each of equal bins from the least to the
 * greatest value. A value on an inner edge counts in the bin above it. Several samples lie over
 * each other, in the same bins.
 *
 * @param samples what is counted, at least one; the first lies undermost
 * @param bins how many bins, 1 to 500
 * @param scaling how counts lie along the y axis; where it is logarithmic, an empty bin is drawn at
 *     its foot
 * @param title the title over the chart; empty for none
 * @param xTitle what the values are, with the unit
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record HistogramPlot(
    List<Sample> samples,
    int bins,
    Scaling scaling,
    String title,
    String xTitle,
    int width,
    int height)
    implements Plot {
  /** Where an empty bin is drawn on a logarithmic axis, which has no 0. */
  private static final double EMPTY = 0.5;

  /**
   * Values that are counted together.
   *
   * @param name as the legend says; empty for no legend
   * @param values the values; NaN and infinity are left out
   */
  public record Sample(String name, double[] values) {
    /**
     * Leaves out NaN and infinity.
     *
     * @param name as the legend says
     * @param values the values
     */
    public Sample {
      values = DoubleStream.of(values).filter(Double::isFinite).toArray();
      if (values.length == 0) {
        throw new IllegalArgumentException("a histogram needs values, found none");
      }
    }
  }

  /**
   * Checks the bins.
   *
   * @param samples what is counted
   * @param bins how many bins
   * @param scaling how counts lie along the y axis
   * @param title the title
   * @param xTitle what the values are
   * @param width the width
   * @param height the height
   */
  public HistogramPlot {
    samples = List.copyOf(samples);
    if (bins < 1 || bins > 500) {
      throw new IllegalArgumentException("bins must be in 1..500, found " + bins);
    }
  }

  static HistogramPlot of(String name, double[] values) {
    return new HistogramPlot(
        List.of(new Sample(name, values)), 30, Scaling.LINEAR, "", "value", 480, 320);
  }

  static double[] wide(float... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /**
   * Counts another sample too, in the same bins, and draws it over the others.
   *
   * @param name as the legend says
   * @param values the values; NaN and infinity are left out
   * @return a new plan
   */
  public HistogramPlot and(String name, float[] values) {
    List<Sample> more = new ArrayList<>(samples);
    more.add(new Sample(name, wide(values)));
    return new HistogramPlot(more, bins, scaling, title, xTitle, width, height);
  }

  /**
   * Sets the number of bins.
   *
   * @param count how many, 1 to 500
   * @return a new plan
   */
  public HistogramPlot bins(int count) {
    return new HistogramPlot(samples, count, scaling, title, xTitle, width, height);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public HistogramPlot title(String words) {
    return new HistogramPlot(samples, bins, scaling, words, xTitle, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the values are, with the unit
   * @return a new plan
   */
  public HistogramPlot xTitle(String words) {
    return new HistogramPlot(samples, bins, scaling, title, words, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public HistogramPlot size(int pixelsWide, int pixelsHigh) {
    return new HistogramPlot(samples, bins, scaling, title, xTitle, pixelsWide, pixelsHigh);
  }

  /**
   * Makes the axis of the counts logarithmic, to show a few values beside many.
   *
   * @return a new plan
   */
  public HistogramPlot logY() {
    return new HistogramPlot(samples, bins, Scaling.LOG, title, xTitle, width, height);
  }

  /**
   * Counts the values of the first sample.
   *
   * @return how many values are in each bin, from the least upwards
   */
  public int[] counts() {
    return counts(samples.get(0));
  }

  private int[] counts(Sample sample) {
    double low = low();
    double step = step();
    int[] counts = new int[bins];
    for (double value : sample.values()) {
      counts[Math.min(bins - 1, (int) ((value - low) / step))]++;
    }
    return counts;
  }

  private double low() {
    return all().min().orElseThrow();
  }

  private double step() {
    double step = (all().max().orElseThrow() - low()) / bins;
    return step > 0 ? step : 1;
  }

  private DoubleStream all() {
    return samples.stream().flatMapToDouble(sample -> DoubleStream.of(sample.values()));
  }

  @Override
  public XYChart chart() {
    double low = low();
    double step = step();
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = low + i * step;
    }
    List<double[]> heights = samples.stream().map(sample -> heights(counts(sample))).toList();
    double most = heights.stream().flatMapToDouble(DoubleStream::of).max().orElse(1);
    LineChart chart =
        new LineChart(
            width,
            height,
            Scale.fit(Axis.standard(), edges[0], edges[bins], 0.02),
            countScale(most),
            "");
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle("count");
    double[] none = new double[0];
    for (int i = 0; i < samples.size(); i++) {
      String name = samples.get(i).name();
      Curve curve = new Curve(name, edges, heights.get(i), none, none);
      Look look = new Look(Theme.color(i), Theme.stroke(1.2f), Glyph.none());
      String series = name.isEmpty() ? "values" : name;
      chart.add(curve, series, name, XYSeriesRenderStyle.StepArea, look);
    }
    return chart;
  }

  private Scale countScale(double most) {
    return scaling == Scaling.LOG
        ? Scale.fit(Axis.standard().scaling(Scaling.LOG).range(EMPTY, most * 1.5), 1, most, 0)
        : Scale.fit(Axis.standard().range(0, most * 1.05), 0, most, 0);
  }

  /** The height at each edge; the last bin's holds to the end. */
  private double[] heights(int[] found) {
    double[] heights = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      int count = found[Math.min(i, bins - 1)];
      heights[i] = scaling == Scaling.LOG ? Math.max(EMPTY, count) : count;
    }
    return heights;
  }
}
