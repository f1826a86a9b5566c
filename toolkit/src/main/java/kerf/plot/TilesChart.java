package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.HeatMapChart;

/** A chart of small matrices side by side, their common scale of colours beside them. */
final class TilesChart extends HeatMapChart implements Counted {
  private static final int EDGE = 10;
  private static final int HEAD = 30;

  private final List<float[][]> tiles;
  private final int columns;
  private final double pixel;
  private final int gap;
  private final Shades shades;

  TilesChart(List<float[][]> tiles, int columns, int side) {
    super(1, 1);
    this.tiles = tiles;
    this.columns = columns;
    int longest = 1;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float[][] tile : tiles) {
      longest = Math.max(longest, Math.max(tile.length, tile[0].length));
      for (float[] row : tile) {
        for (float value : row) {
          least = Float.isFinite(value) ? Math.min(least, value) : least;
          greatest = Float.isFinite(value) ? Math.max(greatest, value) : greatest;
        }
      }
    }
    this.pixel = (double) side / longest;
    this.gap = Math.max(2, side / 8);
    this.shades = least > greatest ? Shades.of(0, 1) : Shades.of(least, greatest);
    int rows = (tiles.size() + columns - 1) / columns;
    setWidth((int) Math.ceil(2 * EDGE + columns * wide() + Shades.WIDTH));
    setHeight((int) Math.ceil(HEAD + EDGE + Math.max(rows * high(), 90)));
    Theme.dress(getStyler());
  }

  private double wide() {
    return tiles.get(0)[0].length * pixel + gap;
  }

  private double high() {
    return tiles.get(0).length * pixel + gap;
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    Theme.hints(g);
    g.setColor(getStyler().getChartBackgroundColor());
    g.fill(new Rectangle2D.Double(0, 0, width, height));
    double across = columns * wide() - gap;
    g.setColor(getStyler().getChartFontColor());
    g.setFont(getStyler().getChartTitleFont());
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(
        getTitle(),
        (float) Math.max(EDGE, EDGE + (across - metrics.stringWidth(getTitle())) / 2),
        (float) (HEAD - 8));
    for (int i = 0; i < tiles.size(); i++) {
      paint(g, tiles.get(i), EDGE + i % columns * wide(), HEAD + i / columns * high());
    }
    if (getStyler().isLegendVisible()) {
      shades.paint(g, new Rectangle2D.Double(EDGE, HEAD, across, height - HEAD - EDGE));
    }
  }

  private void paint(Graphics2D g, float[][] tile, double left, double top) {
    boolean empty = true;
    for (int row = 0; row < tile.length; row++) {
      for (int column = 0; column < tile[row].length; column++) {
        float value = tile[row][column];
        boolean gone = Float.isNaN(value);
        empty &= gone;
        Color color = gone ? Theme.GONE : shades.of(value);
        g.setColor(color);
        g.fill(
            new Rectangle2D.Double(
                left + column * pixel, top + row * pixel, pixel + 0.3, pixel + 0.3));
      }
    }
    Rectangle2D box =
        new Rectangle2D.Double(left, top, tile[0].length * pixel, tile.length * pixel);
    g.setColor(Theme.FRAME);
    g.setStroke(Theme.stroke(1f));
    g.draw(box);
    if (empty) {
      g.draw(new Line2D.Double(box.getX(), box.getY(), box.getMaxX(), box.getMaxY()));
      g.draw(new Line2D.Double(box.getX(), box.getMaxY(), box.getMaxX(), box.getY()));
    }
  }

  @Override
  public String counted() {
    float[][] first = tiles.get(0);
    return "%,d tile%s of %d × %d"
        .formatted(tiles.size(), tiles.size() == 1 ? "" : "s", first.length, first[0].length);
  }
}
