package kerf.plot;

import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** The plan of one chart: immutable, refined by bare nouns, drawn when it is shown. */
public sealed interface Plot extends Shown
    permits LinePlot, BarPlot, HistogramPlot, HeatMapPlot, RasterPlot, TilesPlot {
  /**
   * Plans lines through the rows of a table.
   *
   * @param table the table, a row for each point
   * @return a plan that still needs {@code x} and {@code y}
   */
  static LinePlot line(Table table) {
    return LinePlot.of(table);
  }

  /**
   * Plans bars, one for each row of a table.
   *
   * @param table the table, a row for each bar
   * @return a plan that still needs {@code x} and {@code y}
   */
  static BarPlot bars(Table table) {
    return BarPlot.of(table);
  }

  /**
   * Plans a histogram.
   *
   * @param values the values; NaN and infinity are left out
   * @return a plan with 30 bins
   */
  static HistogramPlot histogram(double... values) {
    return HistogramPlot.of("", values);
  }

  /**
   * Plans a histogram.
   *
   * @param values the values, such as a layer's weights; NaN and infinity are left out
   * @return a plan with 30 bins
   */
  static HistogramPlot histogram(float[] values) {
    return histogram("", values);
  }

  /**
   * Plans a histogram of a sample that has a name, because others will lie over it.
   *
   * @param name as the legend says
   * @param values the values, such as a layer's weights; NaN and infinity are left out
   * @return a plan with 30 bins
   */
  static HistogramPlot histogram(String name, float[] values) {
    return HistogramPlot.of(name, HistogramPlot.wide(values));
  }

  /**
   * Plans a histogram of values that were counted before.
   *
   * @param values such as the middles of many narrow bins
   * @param counts how often each value counts
   * @return a plan with 30 bins
   */
  static HistogramPlot histogram(double[] values, long[] counts) {
    return HistogramPlot.of("", values, counts);
  }

  /**
   * Plans a heat map.
   *
   * @param values rows of equal length, the first row on top
   * @return a plan
   */
  static HeatMapPlot heatMap(float[][] values) {
    return HeatMapPlot.of(values);
  }

  /**
   * Plans a raster: dots for truths.
   *
   * @param rows rows of equal length, the first on top
   * @return a plan
   */
  static RasterPlot raster(boolean[][] rows) {
    return RasterPlot.of(rows);
  }

  /**
   * Plans tiles: many small matrices.
   *
   * @param tiles matrices of one shape; NaN marks what is missing
   * @return a plan
   */
  static TilesPlot tiles(List<float[][]> tiles) {
    return TilesPlot.of(tiles);
  }

  /**
   * Draws the chart.
   *
   * @return a new XChart chart, free to be tuned: its titles; its series with their colors, strokes
   *     and markers; and of its styler the axes' ranges, logarithms, ticks, tick texts and titles,
   *     the grid, the legend and its position, fonts, colors and the visibility of each part.
   *     Labels are not rotated, and annotations, tool tips and further y axes are not drawn
   */
  Chart<?, ?> chart();

  /**
   * Puts the chart in a figure of its own.
   *
   * @return a figure of one panel
   */
  default Figure figure() {
    return Figure.row(this);
  }

  @Override
  default Bundle bundle() {
    return figure().bundle();
  }
}
