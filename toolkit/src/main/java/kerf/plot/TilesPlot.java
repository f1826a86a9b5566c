package kerf.plot;

import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The plan of tiles: many small matrices in one range of colours, such as the kernels of a
 * convolution. What is NaN has no value and is grey; a tile of nothing else is crossed out.
 *
 * @param tiles matrices, each of rows of equal length
 * @param columns how many tiles a row has; 0 for about twice as many as there are rows
 * @param title the title over the chart; empty for none
 * @param side the length of a tile's longer side in CSS pixels
 */
public record TilesPlot(List<float[][]> tiles, int columns, String title, int side)
    implements Plot {

  /**
   * Checks that there is something to show.
   *
   * @param tiles matrices, each of rows of equal length
   * @param columns how many tiles a row has
   * @param title the title
   * @param side the length of a tile's longer side
   */
  public TilesPlot {
    tiles = List.copyOf(tiles);
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("a chart of tiles needs at least one, found none");
    }
    for (float[][] tile : tiles) {
      if (tile.length == 0 || tile[0].length == 0) {
        throw new IllegalArgumentException("a tile needs values, found none");
      }
    }
    if (columns < 0 || side < 4) {
      throw new IllegalArgumentException(
          "tiles need columns of 0 or more and sides of 4 pixels or more, found %d and %d"
              .formatted(columns, side));
    }
  }

  static TilesPlot of(List<float[][]> tiles) {
    return new TilesPlot(tiles, 0, "", 48);
  }

  /**
   * Fixes how many tiles a row has.
   *
   * @param count 1 or more
   * @return a new plan
   */
  public TilesPlot columns(int count) {
    return new TilesPlot(tiles, count, title, side);
  }

  /**
   * Sets a title over the chart.
   *
   * @param words the title
   * @return a new plan
   */
  public TilesPlot title(String words) {
    return new TilesPlot(tiles, columns, words, side);
  }

  /**
   * Sets the size of the tiles.
   *
   * @param pixels the length of the longer side in CSS pixels, 4 or more
   * @return a new plan
   */
  public TilesPlot side(int pixels) {
    return new TilesPlot(tiles, columns, title, pixels);
  }

  private long infinite() {
    long infinite = 0;
    for (float[][] tile : tiles) {
      for (float[] row : tile) {
        for (float value : row) {
          infinite += Float.isInfinite(value) ? 1 : 0;
        }
      }
    }
    return infinite;
  }

  @Override
  public Chart<?, ?> chart() {
    int across = columns > 0 ? columns : (int) Math.ceil(Math.sqrt(2.0 * tiles.size()));
    TilesChart chart = new TilesChart(tiles, Math.min(across, tiles.size()), side);
    chart.setTitle(NotFinite.said(title, infinite()));
    chart.setXAxisTitle("");
    chart.setYAxisTitle("");
    return chart;
  }
}
