package kerf.plot;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kerf.argument.Argument;
import kerf.plot.Axis.Unit;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;

/**
 * The plan of a bar chart: a bar for each row, or for rows of the same category their mean; bars of
 * the same category side by side. Bars start at zero, or for a waterfall at what a column says.
 *
 * @param table the bars, a row each
 * @param x the column whose texts are the categories, in the order of their appearance
 * @param y the column of the bars' heights
 * @param base the column of where bars start; empty for zero
 * @param by the column whose values name the series; empty for one series
 * @param sample whether each row is a bar, or rows of the same category are averaged
 * @param title the title over the chart; empty for none
 * @param xTitle what the x axis shows; empty for the column's title
 * @param yAxis what is said about the y axis
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record BarPlot(
    Table table,
    String x,
    String y,
    String base,
    String by,
    LinePlot.Sample sample,
    String title,
    String xTitle,
    Axis yAxis,
    int width,
    int height)
    implements Plot {

  /**
   * Checks that all is there.
   *
   * @param table the bars
   * @param x the column of the categories
   * @param y the column of the heights
   * @param base the column of where bars start
   * @param by the column whose values name the series
   * @param sample whether rows are averaged
   * @param title the title
   * @param xTitle what the x axis shows
   * @param yAxis what is said about the y axis
   * @param width the width
   * @param height the height
   */
  public BarPlot {
    Argument.require("table", table);
    Argument.require("x", x);
    Argument.require("y", y);
    Argument.require("base", base);
    Argument.require("by", by);
    Argument.require("sample", sample);
    Argument.require("title", title);
    Argument.require("xTitle", xTitle);
    Argument.require("yAxis", yAxis);
  }

  static BarPlot of(Table table) {
    return new BarPlot(
        table, "", "", "", "", LinePlot.Sample.POINT, "", "", Axis.standard(), 560, 340);
  }

  /**
   * Takes the categories from a column.
   *
   * @param column the column's title, the axis title too
   * @return a new plan
   */
  public BarPlot x(String column) {
    Curve.column(table, column);
    return new BarPlot(table, column, y, base, by, sample, title, xTitle, yAxis, width, height);
  }

  /**
   * Takes the heights from a column of numbers.
   *
   * @param column the column's title, the axis title too
   * @return a new plan
   */
  public BarPlot y(String column) {
    Curve.numbers(table, column);
    return new BarPlot(table, x, column, base, by, sample, title, xTitle, yAxis, width, height);
  }

  /**
   * Lets bars start elsewhere than at zero, as in a waterfall: each reaches from this column's
   * number to that of the heights.
   *
   * @param column the column's title
   * @return a new plan
   */
  public BarPlot from(String column) {
    Curve.numbers(table, column);
    return new BarPlot(table, x, y, column, by, sample, title, xTitle, yAxis, width, height);
  }

  /**
   * Draws a series of bars for each value of a column.
   *
   * @param column the column's title
   * @return a new plan
   */
  public BarPlot by(String column) {
    Curve.column(table, column);
    return new BarPlot(table, x, y, base, column, sample, title, xTitle, yAxis, width, height);
  }

  /**
   * Averages the rows of a series that have the same category, such as the seeds of a trial;
   * whiskers reach from the least to the greatest of them.
   *
   * @return a new plan
   */
  public BarPlot mean() {
    return new BarPlot(
        table, x, y, base, by, LinePlot.Sample.MEAN, title, xTitle, yAxis, width, height);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public BarPlot title(String words) {
    return new BarPlot(table, x, y, base, by, sample, words, xTitle, yAxis, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what it shows
   * @return a new plan
   */
  public BarPlot xTitle(String words) {
    return new BarPlot(table, x, y, base, by, sample, title, words, yAxis, width, height);
  }

  /**
   * Sets the title of the y axis.
   *
   * @param words what it measures, with the unit
   * @return a new plan
   */
  public BarPlot yTitle(String words) {
    Argument.require("yTitle", words);
    return new BarPlot(
        table, x, y, base, by, sample, title, xTitle, yAxis.title(words), width, height);
  }

  /**
   * Writes the y axis, whose values are fractions, in percent.
   *
   * @return a new plan
   */
  public BarPlot percentY() {
    return new BarPlot(
        table, x, y, base, by, sample, title, xTitle, yAxis.unit(Unit.PERCENT), width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public BarPlot size(int pixelsWide, int pixelsHigh) {
    return new BarPlot(table, x, y, base, by, sample, title, xTitle, yAxis, pixelsWide, pixelsHigh);
  }

  @Override
  public CategoryChart chart() {
    if (x.isEmpty() || y.isEmpty()) {
      throw new IllegalStateException(
          "a bar plot needs its columns, found x %s and y %s; write .x(\"…\").y(\"…\")"
              .formatted(x.isEmpty() ? "none" : x, y.isEmpty() ? "none" : y));
    }
    List<String> labels = List.copyOf(Curve.groups(table, x).keySet());
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "table %s has no row; there is nothing to draw".formatted(table.name()));
    }
    DoubleSummaryStatistics range =
        Stream.of(y, base)
            .filter(column -> !column.isEmpty())
            .flatMapToDouble(
                column ->
                    IntStream.range(0, table.rowCount())
                        .mapToDouble(Curve.numbers(table, column)::getDouble))
            .filter(Double::isFinite)
            .summaryStatistics();
    double high = Math.max(0, range.getMax()) * 1.05;
    double low = Math.min(0, range.getMin()) * 1.05;
    BarChart chart =
        new BarChart(
            width,
            height,
            Scale.named(Axis.standard(), labels),
            Scale.fit(yAxis, low, high > low ? high : low + 1, 0));
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle.isEmpty() ? x : xTitle);
    chart.setYAxisTitle(yAxis.words(y));
    int index = 0;
    for (var group : Curve.groups(table, by).entrySet()) {
      String name = group.getKey().isEmpty() ? y : group.getKey();
      List<DoubleSummaryStatistics> values = values(labels, group.getValue(), y);
      CategorySeries series =
          chart.addSeries(
              name, labels, values.stream().map(v -> v == null ? null : v.getAverage()).toList());
      String missing = notFinite(labels, group.getValue());
      series.setLabel((by.isEmpty() && missing.isEmpty() ? "" : name) + missing);
      series.setFillColor(Theme.fill(index++));
      if (!base.isEmpty()) {
        chart.bases(name, bases(labels, group.getValue()));
      }
      if (sample == LinePlot.Sample.MEAN) {
        chart.whiskers(name, values);
      }
    }
    return chart;
  }

  /** The categories of which a member is not finite, so that there is no mean to draw. */
  private String notFinite(List<String> labels, List<Integer> rows) {
    if (sample != LinePlot.Sample.MEAN) {
      return "";
    }
    String missing =
        labels.stream()
            .filter(label -> numbers(label, rows, y).anyMatch(value -> !Double.isFinite(value)))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : " (a member is not finite: " + missing + ")";
  }

  private DoubleStream numbers(String label, List<Integer> rows, String column) {
    NumberColumn<?, ?> numbers = Curve.numbers(table, column);
    return rows.stream()
        .filter(row -> label.equals(table.column(x).getString(row)))
        .mapToDouble(numbers::getDouble);
  }

  private List<Double> bases(List<String> labels, List<Integer> rows) {
    return values(labels, rows, base).stream()
        .map(v -> v == null ? Double.valueOf(0) : Double.valueOf(v.getAverage()))
        .toList();
  }

  /**
   * What the rows of each category hold in a column, null where there is none, or none that is
   * finite.
   */
  private List<DoubleSummaryStatistics> values(
      List<String> labels, List<Integer> rows, String column) {
    List<DoubleSummaryStatistics> all = new ArrayList<>();
    for (String label : labels) {
      DoubleSummaryStatistics values =
          numbers(label, rows, column)
              .limit(sample == LinePlot.Sample.MEAN ? Long.MAX_VALUE : 1)
              .summaryStatistics();
      boolean drawn = values.getCount() > 0 && Double.isFinite(values.getAverage());
      all.add(drawn ? values : null);
    }
    return all;
  }
}
