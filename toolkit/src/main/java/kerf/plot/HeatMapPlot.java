package kerf.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.plot.Axis.Direction;
import org.knowm.xchart.HeatMapChart;

/**
 * The plan of a heat map: a matrix as colours, its first row on top. Values of both signs run from
 * blue over white, at zero, to red; values of one sign from white to dark blue.
 *
 * @param values rows of equal length
 * @param title the title over the chart; empty for none
 * @param xTitle what the columns are
 * @param yTitle what the rows are
 * @param columns the columns' names; empty to number them from 0
 * @param rows the rows' names; empty to number them from 0
 * @param low the value of the first colour; NaN to take it from the values
 * @param high the value of the last colour; NaN to take it from the values
 * @param decimals digits after the point of the numbers in the cells; negative for no numbers
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record HeatMapPlot(
    float[][] values,
    String title,
    String xTitle,
    String yTitle,
    List<String> columns,
    List<String> rows,
    double low,
    double high,
    int decimals,
    int width,
    int height)
    implements Plot {

  /**
   * Checks that the rows make a matrix and that there are as many names.
   *
   * @param values rows of equal length
   * @param title the title
   * @param xTitle what the columns are
   * @param yTitle what the rows are
   * @param columns the columns' names
   * @param rows the rows' names
   * @param low the value of the first colour
   * @param high the value of the last colour
   * @param decimals digits after the point of the numbers in the cells
   * @param width the width
   * @param height the height
   */
  public HeatMapPlot {
    Argument.require("columns", columns);
    Argument.require("rows", rows);
    Argument.require("title", title);
    Argument.require("xTitle", xTitle);
    Argument.require("yTitle", yTitle);
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("a heat map needs values, found none");
    }
    for (int row = 0; row < values.length; row++) {
      if (values[row].length != values[0].length) {
        throw new IllegalArgumentException(
            "a heat map's rows must be of equal length, found %d values in row 0 and %d in row %d"
                .formatted(values[0].length, values[row].length, row));
      }
    }
    Sheet.requireSize(width, height);
    requireNames("columns", columns, values[0].length);
    requireNames("rows", rows, values.length);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    if (low >= high) {
      throw new IllegalArgumentException(
          "colours run from low to high, found low " + low + " and high " + high);
    }
  }

  private static void requireNames(String what, List<String> names, int count) {
    if (!names.isEmpty() && names.size() != count) {
      throw new IllegalArgumentException(
          "a heat map of %d %s needs as many names, found %d: %s"
              .formatted(count, what, names.size(), String.join(", ", names)));
    }
  }

  static HeatMapPlot of(float[][] values) {
    return new HeatMapPlot(
        values, "", "column", "row", List.of(), List.of(), Double.NaN, Double.NaN, -1, 480, 400);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public HeatMapPlot title(String words) {
    return new HeatMapPlot(
        values, words, xTitle, yTitle, columns, rows, low, high, decimals, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the columns are
   * @return a new plan
   */
  public HeatMapPlot xTitle(String words) {
    return new HeatMapPlot(
        values, title, words, yTitle, columns, rows, low, high, decimals, width, height);
  }

  /**
   * Sets the title of the y axis.
   *
   * @param words what the rows are
   * @return a new plan
   */
  public HeatMapPlot yTitle(String words) {
    return new HeatMapPlot(
        values, title, xTitle, words, columns, rows, low, high, decimals, width, height);
  }

  /**
   * Names the columns.
   *
   * @param names a name for each, from the left
   * @return a new plan
   */
  public HeatMapPlot columns(List<String> names) {
    return new HeatMapPlot(
        values, title, xTitle, yTitle, names, rows, low, high, decimals, width, height);
  }

  /**
   * Names the rows.
   *
   * @param names a name for each, from the top
   * @return a new plan
   */
  public HeatMapPlot rows(List<String> names) {
    return new HeatMapPlot(
        values, title, xTitle, yTitle, columns, names, low, high, decimals, width, height);
  }

  /**
   * Fixes which values the colours stand for, so that heat maps can be compared.
   *
   * @param least the value of the first colour
   * @param greatest the value of the last colour
   * @return a new plan
   */
  public HeatMapPlot range(double least, double greatest) {
    Axis.requireFinite(least, greatest);
    return new HeatMapPlot(
        values, title, xTitle, yTitle, columns, rows, least, greatest, decimals, width, height);
  }

  /**
   * Prints the values in their cells, for a small matrix.
   *
   * @param digits digits after the decimal point, 0 or more
   * @return a new plan
   */
  public HeatMapPlot printed(int digits) {
    if (digits < 0 || digits > 9) {
      throw new IllegalArgumentException("digits must be in 0..9, found " + digits);
    }
    return new HeatMapPlot(
        values, title, xTitle, yTitle, columns, rows, low, high, digits, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public HeatMapPlot size(int pixelsWide, int pixelsHigh) {
    return new HeatMapPlot(
        values, title, xTitle, yTitle, columns, rows, low, high, decimals, pixelsWide, pixelsHigh);
  }

  @Override
  public HeatMapChart chart() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[0].length; column++) {
        double value = values[row][column];
        if (Double.isFinite(value)) {
          cells.add(new Number[] {column, row, value});
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
    }
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a heat map needs a finite value, found none");
    }
    HeatChart chart =
        new HeatChart(
            width,
            height,
            places(columns, values[0].length, Direction.INCREASING),
            places(rows, values.length, Direction.DECREASING),
            Double.isNaN(low) ? Shades.of(least, greatest) : Shades.between(low, high),
            decimals < 0 ? "" : "%." + decimals + "f");
    chart.setTitle(NotFinite.said(title, (long) values.length * values[0].length - cells.size()));
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    chart.addSeries("values", numbers(values[0].length), numbers(values.length), cells);
    return chart;
  }

  /** The scale of 0, 1, 2, … with half a place of room on both sides. */
  private static Scale places(List<String> names, int count, Direction direction) {
    Axis axis = Axis.standard().direction(direction).range(-0.5, count - 0.5);
    return names.isEmpty() ? Scale.fit(axis, 0, count, 0) : Scale.named(axis, names);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
