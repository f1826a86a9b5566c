package kerf.plot;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The plan of a histogram: how many values fall in each of equal bins from the least to the
 * greatest value. A value on an inner edge counts in the bin above it.
 *
 * @param values the values; NaN and infinity are left out
 * @param bins how many bins, 1 to 500
 * @param title the title over the chart; empty for none
 * @param xTitle what the values are, with the unit
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record HistogramPlot(
    double[] values, int bins, String title, String xTitle, int width, int height) implements Plot {

  /**
   * Checks the bins and leaves out NaN and infinity.
   *
   * @param values the values
   * @param bins how many bins
   * @param title the title
   * @param xTitle what the values are
   * @param width the width
   * @param height the height
   */
  public HistogramPlot {
    values = DoubleStream.of(values).filter(Double::isFinite).toArray();
    if (values.length == 0) {
      throw new IllegalArgumentException("a histogram needs values, found none");
    }
    if (bins < 1 || bins > 500) {
      throw new IllegalArgumentException("bins must be in 1..500, found " + bins);
    }
  }

  static HistogramPlot of(double[] values) {
    return new HistogramPlot(values, 30, "", "value", 480, 320);
  }

  /**
   * Sets the number of bins.
   *
   * @param count how many, 1 to 500
   * @return a new plan
   */
  public HistogramPlot bins(int count) {
    return new HistogramPlot(values, count, title, xTitle, width, height);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public HistogramPlot title(String words) {
    return new HistogramPlot(values, bins, words, xTitle, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the values are, with the unit
   * @return a new plan
   */
  public HistogramPlot xTitle(String words) {
    return new HistogramPlot(values, bins, title, words, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public HistogramPlot size(int pixelsWide, int pixelsHigh) {
    return new HistogramPlot(values, bins, title, xTitle, pixelsWide, pixelsHigh);
  }

  /**
   * Counts the values.
   *
   * @return how many values are in each bin, from the least upwards
   */
  public int[] counts() {
    double low = low();
    double step = step();
    int[] counts = new int[bins];
    for (double value : values) {
      counts[Math.min(bins - 1, (int) ((value - low) / step))]++;
    }
    return counts;
  }

  private double low() {
    return Arrays.stream(values).min().orElseThrow();
  }

  private double step() {
    double step = (Arrays.stream(values).max().orElseThrow() - low()) / bins;
    return step > 0 ? step : 1;
  }

  @Override
  public XYChart chart() {
    int[] counts = counts();
    double[] edges = new double[bins + 1];
    double[] heights = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = low() + i * step();
      heights[i] = counts[Math.min(i, bins - 1)];
    }
    double most = Arrays.stream(heights).max().orElse(1);
    LineChart chart =
        new LineChart(
            width,
            height,
            Scale.fit(Axis.standard(), edges[0], edges[bins], 0.02),
            Scale.fit(Axis.standard().range(0, most * 1.05), 0, most, 0),
            "");
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle("count");
    double[] none = new double[0];
    Curve curve = new Curve("", edges, heights, none, none);
    Look look = new Look(Theme.color(0), Theme.stroke(1.2f), Glyph.none());
    chart.add(curve, "values", "", XYSeriesRenderStyle.StepArea, look);
    return chart;
  }
}
