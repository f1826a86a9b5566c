package kerf.plot;

import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The plan of a raster: a large matrix of truths as dots, dark where true, its first row on top.
 * Where several share a pixel, its darkness is the share of them that is true.
 *
 * @param rows rows of equal length
 * @param title the title over the chart; empty for none
 * @param xTitle what the columns are
 * @param yTitle what the rows are
 * @param width the width in CSS pixels
 * @param height the height in CSS pixels
 */
public record RasterPlot(
    boolean[][] rows, String title, String xTitle, String yTitle, int width, int height)
    implements Plot {

  /**
   * Checks that the rows make a matrix.
   *
   * @param rows rows of equal length
   * @param title the title
   * @param xTitle what the columns are
   * @param yTitle what the rows are
   * @param width the width
   * @param height the height
   */
  public RasterPlot {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("a raster needs dots, found none");
    }
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != rows[0].length) {
        throw new IllegalArgumentException(
            "a raster's rows must be of equal length, found %d dots in row 0 and %d in row %d"
                .formatted(rows[0].length, rows[row].length, row));
      }
    }
  }

  static RasterPlot of(boolean[][] rows) {
    return new RasterPlot(rows, "", "column", "row", 560, 400);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public RasterPlot title(String words) {
    return new RasterPlot(rows, words, xTitle, yTitle, width, height);
  }

  /**
   * Sets the title of the x axis.
   *
   * @param words what the columns are
   * @return a new plan
   */
  public RasterPlot xTitle(String words) {
    return new RasterPlot(rows, title, words, yTitle, width, height);
  }

  /**
   * Sets the title of the y axis.
   *
   * @param words what the rows are
   * @return a new plan
   */
  public RasterPlot yTitle(String words) {
    return new RasterPlot(rows, title, xTitle, words, width, height);
  }

  /**
   * Sets the chart's size.
   *
   * @param pixelsWide the width in CSS pixels
   * @param pixelsHigh the height in CSS pixels
   * @return a new plan
   */
  public RasterPlot size(int pixelsWide, int pixelsHigh) {
    return new RasterPlot(rows, title, xTitle, yTitle, pixelsWide, pixelsHigh);
  }

  @Override
  public Chart<?, ?> chart() {
    RasterChart chart = new RasterChart(width, height, rows);
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    return chart;
  }
}
