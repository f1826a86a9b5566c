package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.HeatMapChart;

/** An XChart heat map that paints itself in the look of all figures, its scale beside it. */
final class HeatChart extends HeatMapChart {
  private static final int RIGHT = 74;
  private static final int BAR = 14;
  private static final int SHADES = 64;

  private final Scale xScale;
  private final Scale yScale;
  private final Scale values;

  HeatChart(int width, int height, Scale xScale, Scale yScale, Scale values) {
    super(width, height);
    this.xScale = xScale;
    this.yScale = yScale;
    this.values = values;
    Theme.dress(getStyler());
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    Frame.paint(
        g,
        this,
        xScale,
        yScale,
        Frame.Grid.NONE,
        RIGHT,
        frame -> {
          paintCells(g, frame);
          paintScale(g, frame);
        });
  }

  private void paintCells(Graphics2D g, Frame frame) {
    for (Number[] cell : getHeatMapSeries().getHeatData()) {
      double left = frame.x(cell[0].doubleValue() - 0.5);
      double right = frame.x(cell[0].doubleValue() + 0.5);
      double top = frame.y(cell[1].doubleValue() - 0.5);
      double bottom = frame.y(cell[1].doubleValue() + 0.5);
      g.setColor(color(values.place(cell[2].doubleValue())));
      // Half a pixel over the edge, so that no white line shows between two cells.
      g.fill(
          new Rectangle2D.Double(
              left,
              Math.min(top, bottom),
              Math.min(right + 0.5, frame.box().getMaxX()) - left,
              Math.abs(bottom - top) + (Math.max(top, bottom) < frame.box().getMaxY() ? 0.5 : 0)));
    }
  }

  private void paintScale(Graphics2D g, Frame frame) {
    double left = frame.box().getMaxX() + 16;
    double step = frame.box().getHeight() / SHADES;
    for (int i = 0; i < SHADES; i++) {
      g.setColor(color((i + 0.5) / SHADES));
      double top = frame.box().getMaxY() - (i + 1) * step;
      g.fill(new Rectangle2D.Double(left, top, BAR, i == 0 ? step : step + 0.5));
    }
    g.setColor(Theme.FRAME);
    g.setStroke(Theme.stroke(1f));
    g.draw(new Rectangle2D.Double(left, frame.box().getY(), BAR, frame.box().getHeight()));
    g.setFont(Theme.TICK);
    FontMetrics metrics = g.getFontMetrics();
    for (Scale.Tick tick : values.ticks(7)) {
      double y = frame.box().getMaxY() - values.place(tick.value()) * frame.box().getHeight();
      Frame.rule(g, Theme.FRAME, left + BAR, y, left + BAR + 3, y);
      g.setColor(Theme.INK);
      double base = y + metrics.getAscent() / 2.0 - 1.5;
      g.drawString(tick.text(), (float) (left + BAR + 6), (float) base);
    }
  }

  /** The colour at a share of the way along the styler's range of colours. */
  private Color color(double share) {
    Color[] range = getStyler().getRangeColors();
    double place = Math.max(0, Math.min(1, share)) * (range.length - 1);
    int below = Math.min(range.length - 2, (int) place);
    Color a = range[below];
    Color b = range[below + 1];
    return new Color(
        mix(a.getRed(), b.getRed(), place - below),
        mix(a.getGreen(), b.getGreen(), place - below),
        mix(a.getBlue(), b.getBlue(), place - below));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.rint(a + (b - a) * share);
  }
}
