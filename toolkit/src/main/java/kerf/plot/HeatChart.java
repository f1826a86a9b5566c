package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;

/** An XChart heat map that paints itself in the look of all figures, its scale beside it. */
final class HeatChart extends HeatMapChart {
  private final Scale xScale;
  private final Scale yScale;
  private final Shades shades;
  private final String print;

  /** A heat map; {@code print} is the format of the numbers in the cells, or empty for none. */
  HeatChart(int width, int height, Scale xScale, Scale yScale, Shades shades, String print) {
    super(width, height);
    this.xScale = xScale;
    this.yScale = yScale;
    this.shades = shades;
    this.print = print;
    Theme.dress(getStyler(), xScale, yScale);
    getStyler().setPlotGridLinesVisible(false);
    getStyler().setRangeColors(shades.range());
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    Shades chosen = shades.in(getStyler().getRangeColors());
    Frame.paint(
        g,
        this,
        xScale,
        yScale,
        getStyler().isLegendVisible() ? Shades.WIDTH : 0,
        frame -> {
          Shape clip = g.getClip();
          g.clip(frame.box());
          paintCells(g, frame, chosen);
          g.setClip(clip);
          if (getStyler().isLegendVisible()) {
            chosen.paint(g, frame.box());
          }
        });
  }

  private void paintCells(Graphics2D g, Frame frame, Shades chosen) {
    for (Number[] cell : getHeatMapSeries().getHeatData()) {
      double left = frame.x(cell[0].doubleValue() - 0.5);
      double right = frame.x(cell[0].doubleValue() + 0.5);
      double top = frame.y(cell[1].doubleValue() - 0.5);
      double bottom = frame.y(cell[1].doubleValue() + 0.5);
      g.setColor(chosen.of(cell[2].doubleValue()));
      // Half a pixel over the edge, so that no white line shows between two cells.
      g.fill(
          new Rectangle2D.Double(
              left,
              Math.min(top, bottom),
              Math.min(right + 0.5, frame.box().getMaxX()) - left,
              Math.abs(bottom - top) + (Math.max(top, bottom) < frame.box().getMaxY() ? 0.5 : 0)));
    }
    if (!print.isEmpty()) {
      getHeatMapSeries().getHeatData().forEach(cell -> print(g, frame, cell, chosen));
    }
  }

  private void print(Graphics2D g, Frame frame, Number[] cell, Shades chosen) {
    double value = cell[2].doubleValue();
    String text = String.format(Locale.ROOT, print, value).replace('-', '−');
    g.setFont(Theme.AXIS);
    FontMetrics metrics = g.getFontMetrics();
    Color ink = chosen.ink(value);
    g.setColor(ink);
    g.drawString(
        text,
        (float) (frame.x(cell[0].doubleValue()) - metrics.stringWidth(text) / 2.0),
        (float) (frame.y(cell[1].doubleValue()) + metrics.getAscent() / 2.0 - 1.5));
  }
}
