package kerf.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.plot.Axis.Scaling;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The plan of a histogram: how many values fall in each of equal bins from the least to the
 * greatest value. A value on an inner edge counts in the bin above it. Several samples lie over
 * each other, in the same bins.
 *
 * @param samples what is counted, at least one; the first lies undermost
 * @param marks values marked by upright lines
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
    List<Mark> marks,
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
   * @param counts how often each value counts; empty for once each
   */
  public record Sample(String name, double[] values, long[] counts) {
    /**
     * Leaves out NaN and infinity, and says so.
     *
     * @param name as the legend says; how many were left out is added to it
     * @param values the values
     * @param counts how often each value counts; empty for once each
     */
    public Sample {
      if (counts.length > 0 && counts.length != values.length) {
        throw new IllegalArgumentException(
            "a histogram needs a count for each value, found %,d values and %,d counts"
                .formatted(values.length, counts.length));
      }
      double[] all = values;
      long[] weights = counts;
      int[] finite = IntStream.range(0, all.length).filter(i -> Double.isFinite(all[i])).toArray();
      if (finite.length == 0) {
        throw new IllegalArgumentException("a histogram needs finite values, found none");
      }
      long dropped = 0;
      for (int i = 0; i < all.length; i++) {
        dropped += Double.isFinite(all[i]) ? 0 : weights.length == 0 ? 1 : weights[i];
      }
      name = NotFinite.said(name, dropped);
      values = IntStream.of(finite).mapToDouble(i -> all[i]).toArray();
      counts =
          weights.length == 0 ? weights : IntStream.of(finite).mapToLong(i -> weights[i]).toArray();
    }

    long count(int value) {
      return counts.length == 0 ? 1 : counts[value];
    }
  }

  /**
   * Checks the bins.
   *
   * @param samples what is counted
   * @param marks values marked by upright lines
   * @param bins how many bins
   * @param scaling how counts lie along the y axis
   * @param title the title
   * @param xTitle what the values are
   * @param width the width
   * @param height the height
   */
  public HistogramPlot {
    Argument.require("title", title);
    Argument.require("xTitle", xTitle);
    Sheet.requireSize(width, height);
    samples = List.copyOf(samples);
    marks = List.copyOf(marks);
    if (bins < 1 || bins > 500) {
      throw new IllegalArgumentException("bins must be in 1..500, found " + bins);
    }
  }

  static HistogramPlot of(String name, double[] values, long... counts) {
    return new HistogramPlot(
        List.of(new Sample(name, values, counts)),
        List.of(),
        30,
        Scaling.LINEAR,
        "",
        "value",
        480,
        320);
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
    Argument.require("name", name);
    Argument.require("values", values);
    List<Sample> more = new ArrayList<>(samples);
    more.add(new Sample(name, wide(values), new long[0]));
    return new HistogramPlot(more, marks, bins, scaling, title, xTitle, width, height);
  }

  /**
   * Marks values by upright lines over the whole height, each line with a marker at its top: where
   * a range is cut off, for example.
   *
   * @param name as the legend says
   * @param values one or more; NaN and infinity are left out
   * @return a new plan
   */
  public HistogramPlot mark(String name, double... values) {
    Argument.require("name", name);
    Argument.require("values", values);
    return and(new Mark(name, Mark.Reach.WHOLE, values));
  }

  /**
   * Draws a grid of values over the histogram, such as the numbers that a format can hold: faint
   * lines, or, where they would lie too close to be told apart, short strokes at the top.
   *
   * @param name as the legend says
   * @param values the values; NaN and infinity are left out
   * @return a new plan
   */
  public HistogramPlot grid(String name, double... values) {
    Argument.require("name", name);
    Argument.require("values", values);
    return and(new Mark(name, Mark.Reach.GRID, values));
  }

  private HistogramPlot and(Mark mark) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(mark);
    return new HistogramPlot(samples, more, bins, scaling, title, xTitle, width, height);
  }

  /**
   * Sets the number of bins.
   *
   * @param count how many, 1 to 500
   * @return a new plan
   */
  public HistogramPlot bins(int count) {
    return new HistogramPlot(samples, marks, count, scaling, title, xTitle, width, height);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public HistogramPlot title(String words) {
    return new HistogramPlot(samples, marks, bins, scaling, words, xTitle, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the values are, with the unit
   * @return a new plan
   */
  public HistogramPlot xTitle(String words) {
    return new HistogramPlot(samples, marks, bins, scaling, title, words, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public HistogramPlot size(int pixelsWide, int pixelsHigh) {
    return new HistogramPlot(samples, marks, bins, scaling, title, xTitle, pixelsWide, pixelsHigh);
  }

  /**
   * Makes the axis of the counts logarithmic, to show a few values beside many.
   *
   * @return a new plan
   */
  public HistogramPlot logY() {
    return new HistogramPlot(samples, marks, bins, Scaling.LOG, title, xTitle, width, height);
  }

  /**
   * Counts the values of the first sample.
   *
   * @return how many values are in each bin, from the least upwards
   */
  public long[] counts() {
    return counts(samples.get(0));
  }

  private long[] counts(Sample sample) {
    double low = low();
    double step = step();
    long[] counts = new long[bins];
    for (int i = 0; i < sample.values().length; i++) {
      counts[Math.min(bins - 1, (int) ((sample.values()[i] - low) / step))] += sample.count(i);
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

  private DoubleStream marked() {
    return marks.stream().flatMapToDouble(mark -> DoubleStream.of(mark.values()));
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
    Scale counts = countScale(most);
    LineChart chart =
        new LineChart(
            width,
            height,
            Scale.fit(
                Axis.standard(),
                marked().reduce(edges[0], Math::min),
                marked().reduce(edges[bins], Math::max),
                0.02),
            counts,
            "");
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle("count");
    double[] none = new double[0];
    boolean marked = marks.stream().anyMatch(mark -> mark.reach() == Mark.Reach.WHOLE);
    for (int i = 0; i < samples.size(); i++) {
      String name = samples.get(i).name();
      Curve curve = new Curve(name, edges, heights.get(i), none, none);
      // Colors tell marks apart where there are any.
      Color color = marked ? Theme.FRAME : Theme.color(i);
      Look look = new Look(color, Theme.stroke(1.2f), Glyph.none());
      String series = name.isEmpty() ? "values" : name;
      chart.add(curve, series, name, XYSeriesRenderStyle.StepArea, look);
    }
    double foot = scaling == Scaling.LOG ? EMPTY : 0;
    for (int i = 0; i < marks.size(); i++) {
      marks.get(i).draw(chart, i, foot, counts);
    }
    return chart;
  }

  private Scale countScale(double most) {
    return scaling == Scaling.LOG
        ? Scale.fit(Axis.standard().scaling(Scaling.LOG).range(EMPTY, most * 1.5), 1, most, 0)
        : Scale.fit(Axis.standard().range(0, most * 1.05), 0, most, 0);
  }

  /** The height at each edge; the last bin's holds to the end. */
  private double[] heights(long[] found) {
    double[] heights = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      long count = found[Math.min(i, bins - 1)];
      heights[i] = scaling == Scaling.LOG ? Math.max(EMPTY, count) : count;
    }
    return heights;
  }
}
