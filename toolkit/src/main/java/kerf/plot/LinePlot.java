package kerf.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import kerf.argument.Argument;
import kerf.plot.Axis.Direction;
import kerf.plot.Axis.Scaling;
import kerf.plot.Axis.Unit;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/**
 * The plan of a line chart. Rows may come in any order; a missing y leaves a gap. Of a curve of
 * many points every so many have a marker and an error bar.
 *
 * @param table the points, a row each
 * @param x the column along the x axis
 * @param y the column along the y axis
 * @param by the column whose values name the series, in the order of their appearance; empty for
 *     one series
 * @param sample whether each row is a point, or rows with the same x are averaged
 * @param low the column with the lower ends of the error bars; empty for none
 * @param high the column with the upper ends of the error bars; empty for none
 * @param title the title over the chart; empty for none
 * @param xAxis what is said about the x axis
 * @param yAxis what is said about the y axis
 * @param shape how points are joined
 * @param published published points, drawn hollow
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record LinePlot(
    Table table,
    String x,
    String y,
    String by,
    Sample sample,
    String low,
    String high,
    String title,
    Axis xAxis,
    Axis yAxis,
    Shape shape,
    List<Overlay> published,
    int width,
    int height)
    implements Plot {

  /** How points are joined. */
  public enum Shape {
    /** By straight lines. */
    LINES,
    /** By a level line to the next x, then an upright one. */
    STEPS
  }

  /** What a row of the table is. */
  public enum Sample {
    /** A point. */
    POINT,
    /** One of several values at its x, such as one seed's, of which the mean is the point. */
    MEAN
  }

  /**
   * Checks the size.
   *
   * @param table the points
   * @param x the column along the x axis
   * @param y the column along the y axis
   * @param by the column that names the series
   * @param sample what a row is
   * @param low the column with lower ends
   * @param high the column with upper ends
   * @param title the title
   * @param xAxis the x axis
   * @param yAxis the y axis
   * @param shape how points are joined
   * @param published published points
   * @param width the width
   * @param height the height
   */
  public LinePlot {
    Argument.require("by", by);
    Argument.require("title", title);
    Argument.require("x", x);
    Argument.require("xAxis", xAxis);
    Argument.require("y", y);
    Argument.require("yAxis", yAxis);
    Sheet.requireSize(width, height);
    published = List.copyOf(published);
  }

  static LinePlot of(Table table) {
    return new LinePlot(
        table,
        "",
        "",
        "",
        Sample.POINT,
        "",
        "",
        "",
        Axis.standard(),
        Axis.standard(),
        Shape.LINES,
        List.of(),
        560,
        380);
  }

  /**
   * Takes x from a column of numbers.
   *
   * @param column the column's title, the axis title too
   * @return a new plan
   */
  public LinePlot x(String column) {
    Argument.require("column", column);
    Curve.numbers(table, column);
    return new LinePlot(
        table, column, y, by, sample, low, high, title, xAxis, yAxis, shape, published, width,
        height);
  }

  /**
   * Takes y from a column of numbers.
   *
   * @param column the column's title, the axis title too
   * @return a new plan
   */
  public LinePlot y(String column) {
    Argument.require("column", column);
    Curve.numbers(table, column);
    return new LinePlot(
        table, x, column, by, sample, low, high, title, xAxis, yAxis, shape, published, width,
        height);
  }

  /**
   * Draws a series for each value of a column.
   *
   * @param column the column's title
   * @return a new plan
   */
  public LinePlot by(String column) {
    Argument.require("column", column);
    Curve.column(table, column);
    return new LinePlot(
        table, x, y, column, sample, low, high, title, xAxis, yAxis, shape, published, width,
        height);
  }

  /**
   * Averages the rows of a series that have the same x, such as the seeds of a trial; error bars
   * reach from the least to the greatest of them.
   *
   * @return a new plan
   */
  public LinePlot mean() {
    return new LinePlot(
        table, x, y, by, Sample.MEAN, "", "", title, xAxis, yAxis, shape, published, width, height);
  }

  /**
   * Takes error bars from two columns; they need not be as long below the point as above.
   *
   * @param lowColumn the title of the column with the lower ends, in the units of y
   * @param highColumn the title of the column with the upper ends, in the units of y
   * @return a new plan
   */
  public LinePlot errors(String lowColumn, String highColumn) {
    Argument.require("lowColumn", lowColumn);
    Argument.require("highColumn", highColumn);
    Curve.numbers(table, lowColumn);
    Curve.numbers(table, highColumn);
    return new LinePlot(
        table,
        x,
        y,
        by,
        Sample.POINT,
        lowColumn,
        highColumn,
        title,
        xAxis,
        yAxis,
        shape,
        published,
        width,
        height);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public LinePlot title(String words) {
    return new LinePlot(
        table, x, y, by, sample, low, high, words, xAxis, yAxis, shape, published, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what it measures, with the unit
   * @return a new plan
   */
  public LinePlot xTitle(String words) {
    Argument.require("xTitle", words);
    return xAxis(xAxis.title(words));
  }

  /**
   * Sets the title of the y axis.
   *
   * @param words what it measures, with the unit
   * @return a new plan
   */
  public LinePlot yTitle(String words) {
    Argument.require("yTitle", words);
    return yAxis(yAxis.title(words));
  }

  /**
   * Makes the x axis logarithmic.
   *
   * @return a new plan
   */
  public LinePlot logX() {
    return xAxis(xAxis.scaling(Scaling.LOG));
  }

  /**
   * Makes the y axis logarithmic.
   *
   * @return a new plan
   */
  public LinePlot logY() {
    return yAxis(yAxis.scaling(Scaling.LOG));
  }

  /**
   * Lets the x axis run from the greatest value on the left to the least on the right.
   *
   * @return a new plan
   */
  public LinePlot decreasingX() {
    return xAxis(xAxis.direction(Direction.DECREASING));
  }

  /**
   * Writes the x axis, whose values are fractions, in percent.
   *
   * @return a new plan
   */
  public LinePlot percentX() {
    return xAxis(xAxis.unit(Unit.PERCENT));
  }

  /**
   * Writes the y axis, whose values are fractions, in percent.
   *
   * @return a new plan
   */
  public LinePlot percentY() {
    return yAxis(yAxis.unit(Unit.PERCENT));
  }

  /**
   * Fixes the range of the x axis.
   *
   * @param least the least value shown
   * @param greatest the greatest value shown
   * @return a new plan
   */
  public LinePlot xRange(double least, double greatest) {
    return xAxis(xAxis.range(least, greatest));
  }

  /**
   * Fixes the range of the y axis.
   *
   * @param least the least value shown
   * @param greatest the greatest value shown
   * @return a new plan
   */
  public LinePlot yRange(double least, double greatest) {
    return yAxis(yAxis.range(least, greatest));
  }

  /**
   * Puts the ticks of the x axis where one wants them, such as at the levels of an experiment.
   *
   * @param values the values; a tick whose text finds no room has none
   * @return a new plan
   */
  public LinePlot xTicks(double... values) {
    Argument.require("values", values);
    return xAxis(xAxis.ticks(DoubleStream.of(values).boxed().toList()));
  }

  /**
   * Says everything about the x axis.
   *
   * @param axis the axis
   * @return a new plan
   */
  public LinePlot xAxis(Axis axis) {
    return new LinePlot(
        table, x, y, by, sample, low, high, title, axis, yAxis, shape, published, width, height);
  }

  /**
   * Says everything about the y axis.
   *
   * @param axis the axis
   * @return a new plan
   */
  public LinePlot yAxis(Axis axis) {
    return new LinePlot(
        table, x, y, by, sample, low, high, title, xAxis, axis, shape, published, width, height);
  }

  /**
   * Joins points by steps: the value holds until the next x.
   *
   * @return a new plan
   */
  public LinePlot steps() {
    return new LinePlot(
        table,
        x,
        y,
        by,
        sample,
        low,
        high,
        title,
        xAxis,
        yAxis,
        Shape.STEPS,
        published,
        width,
        height);
  }

  /**
   * Draws published points over the curves, hollow, joined by a thin dotted line. Where their table
   * has the series column too, each takes the colour and marker of the series of the same name.
   *
   * @param label whose points they are, as the legend says: {@code paper}
   * @param points a table with the x and y columns of this plan
   * @return a new plan
   */
  public LinePlot published(String label, Table points) {
    Argument.require("label", label);
    Argument.require("points", points);
    Curve.numbers(points, x);
    Curve.numbers(points, y);
    List<Overlay> more = new ArrayList<>(published);
    more.add(new Overlay(label, points));
    return new LinePlot(
        table, x, y, by, sample, low, high, title, xAxis, yAxis, shape, more, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public LinePlot size(int pixelsWide, int pixelsHigh) {
    return new LinePlot(
        table,
        x,
        y,
        by,
        sample,
        low,
        high,
        title,
        xAxis,
        yAxis,
        shape,
        published,
        pixelsWide,
        pixelsHigh);
  }

  @Override
  public XYChart chart() {
    return LineDrawing.of(this);
  }
}
