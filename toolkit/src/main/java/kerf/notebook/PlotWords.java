package kerf.notebook;

import kerf.plot.LinePlot;
import kerf.plot.Plot;
import tech.tablesaw.api.Table;

/** Words for charts of tables. */
class PlotWords extends MeasureWords {
  PlotWords() {}

  /**
   * A line chart of a table.
   *
   * @param table the data
   * @return the plot; name its columns with {@code x} and {@code y}
   */
  public static LinePlot line(Table table) {
    return Plot.line(table);
  }
}
