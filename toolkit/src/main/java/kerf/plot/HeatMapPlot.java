package kerf.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record HeatMapPlot(
    float[][] values, String title, String xTitle, String yTitle, int width, int height)
    implements Plot {
  private static final Color[] SIGNED = {
    new Color(0x05, 0x4A, 0x91),
    new Color(0x7F, 0xB5, 0xDB),
    Color.WHITE,
    new Color(0xF4, 0xA5, 0x82),
    new Color(0xA8, 0x1A, 0x1A)
  };
  private static final Color[] UNSIGNED = {
    Color.WHITE,
    new Color(0x9E, 0xCA, 0xE1),
    new Color(0x31, 0x82, 0xBD),
    new Color(0x08, 0x30, 0x6B)
  };

  /**
   * Checks that the rows make a matrix.
   *
   * @param values rows of equal length
   * @param title the title
   * @param xTitle what the columns are
   * @param yTitle what the rows are
   * @param width the width
   * @param height the height
   */
  public HeatMapPlot {
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
  }

  static HeatMapPlot of(float[][] values) {
    return new HeatMapPlot(values, "", "column", "row", 480, 400);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public HeatMapPlot title(String words) {
    return new HeatMapPlot(values, words, xTitle, yTitle, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the columns are
   * @return a new plan
   */
  public HeatMapPlot xTitle(String words) {
    return new HeatMapPlot(values, title, words, yTitle, width, height);
  }

  /**
   * Sets the title of the y axis.
   *
   * @param words what the rows are
   * @return a new plan
   */
  public HeatMapPlot yTitle(String words) {
    return new HeatMapPlot(values, title, xTitle, words, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public HeatMapPlot size(int pixelsWide, int pixelsHigh) {
    return new HeatMapPlot(values, title, xTitle, yTitle, pixelsWide, pixelsHigh);
  }

  @Override
  public HeatMapChart chart() {
    int rows = values.length;
    int columns = values[0].length;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
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
    boolean signed = least < 0 && greatest > 0;
    double reach = Math.max(Math.abs(least), Math.abs(greatest));
    double low = signed ? -reach : least;
    double high = signed ? reach : greatest;
    HeatChart chart =
        new HeatChart(
            width,
            height,
            places(columns, Direction.INCREASING),
            places(rows, Direction.DECREASING),
            Scale.fit(Axis.standard(), low, high, 0));
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    chart.getStyler().setRangeColors(signed ? SIGNED : UNSIGNED);
    chart.addSeries("values", numbers(columns), numbers(rows), cells);
    return chart;
  }

  /** The scale of 0, 1, 2, … with half a place of room on both sides. */
  private static Scale places(int count, Direction direction) {
    Axis axis = Axis.standard().direction(direction).range(-0.5, count - 0.5);
    return Scale.fit(axis, 0, count, 0);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
