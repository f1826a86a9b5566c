package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The box a chart's data is drawn in, with all that stands around it: title, axes with ticks and
 * titles, grid, legend. XChart's own has neither a decreasing axis nor ticks where one wants them.
 */
record Frame(Scale xScale, Scale yScale, Rectangle2D box) {
  private static final int PAD = 10;
  private static final int TICK = 4;
  private static final int Y_SPACING = 34;
  private static final int X_SPACING = 48;

  /** Where grid lines are drawn. */
  enum Grid {
    BOTH,
    LEVEL,
    NONE
  }

  /** Paints the surroundings of a chart, with some room on the right, and then its data. */
  static void paint(
      Graphics2D g,
      Chart<?, ?> chart,
      Scale xScale,
      Scale yScale,
      Grid grid,
      int right,
      Consumer<Frame> data) {
    Theme.hints(g);
    g.setColor(chart.getStyler().getChartBackgroundColor());
    g.fill(new Rectangle2D.Double(0, 0, chart.getWidth(), chart.getHeight()));
    Legend legend = chart.getStyler().isLegendVisible() ? Legend.of(List.of(chart)) : Legend.NONE;
    int width = chart.getWidth() - 2 * PAD;
    double floor = chart.getHeight() - PAD - legend.height(g, width);
    FontMetrics tick = g.getFontMetrics(Theme.TICK);
    FontMetrics title = g.getFontMetrics(Theme.AXIS);
    boolean titled = chart.getTitle() != null && !chart.getTitle().isEmpty();
    double top = titled ? PAD + g.getFontMetrics(Theme.TITLE).getHeight() + 4 : PAD;
    double bottom = floor - title.getHeight() - tick.getHeight() - TICK - 6;
    List<Scale.Tick> yTicks = yScale.ticks(Math.max(2, (int) ((bottom - top) / Y_SPACING)));
    int labels = yTicks.stream().mapToInt(t -> tick.stringWidth(t.text())).max().orElse(0);
    double left = PAD + title.getHeight() + 6 + labels + TICK + 3;
    double across = Math.max(20, chart.getWidth() - left - PAD - 6 - right);
    Frame frame =
        new Frame(
            xScale, yScale, new Rectangle2D.Double(left, top, across, Math.max(20, bottom - top)));
    frame.paintY(g, yTicks, grid != Grid.NONE);
    frame.paintX(g, grid == Grid.BOTH);
    frame.paintTitles(g, chart, floor);
    Shape clip = g.getClip();
    g.clip(new Rectangle2D.Double(left - 5, top - 5, across + 10 + right, bottom - top + 10));
    data.accept(frame);
    g.setClip(clip);
    g.setColor(Theme.FRAME);
    g.setStroke(Theme.stroke(1f));
    g.draw(frame.box);
    legend.paint(g, PAD, floor + 6, width);
  }

  double x(double value) {
    return box.getX() + xScale.place(value) * box.getWidth();
  }

  double y(double value) {
    return box.getMaxY() - yScale.place(value) * box.getHeight();
  }

  static void rule(Graphics2D g, Color color, double x0, double y0, double x1, double y1) {
    g.setColor(color);
    g.setStroke(Theme.stroke(1f));
    g.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  private void paintY(Graphics2D g, List<Scale.Tick> ticks, boolean grid) {
    g.setFont(Theme.TICK);
    FontMetrics metrics = g.getFontMetrics();
    for (Scale.Tick tick : ticks) {
      double y = y(tick.value());
      if (grid) {
        rule(g, Theme.GRID, box.getX(), y, box.getMaxX(), y);
      }
      rule(g, Theme.FRAME, box.getX() - TICK, y, box.getX(), y);
      g.setColor(Theme.INK);
      double left = box.getX() - TICK - 3 - metrics.stringWidth(tick.text());
      g.drawString(tick.text(), (float) left, (float) (y + metrics.getAscent() / 2.0 - 1.5));
    }
  }

  /** A tick whose text would touch another's keeps its mark only. */
  private void paintX(Graphics2D g, boolean grid) {
    g.setFont(Theme.TICK);
    FontMetrics metrics = g.getFontMetrics();
    double base = box.getMaxY() + TICK + 1 + metrics.getAscent();
    List<double[]> taken = new ArrayList<>();
    for (Scale.Tick tick : xScale.ticks(Math.max(2, (int) (box.getWidth() / X_SPACING)))) {
      double x = x(tick.value());
      double half = metrics.stringWidth(tick.text()) / 2.0;
      if (grid) {
        rule(g, Theme.GRID, x, box.getY(), x, box.getMaxY());
      }
      rule(g, Theme.FRAME, x, box.getMaxY(), x, box.getMaxY() + TICK);
      if (taken.stream().noneMatch(span -> x - half < span[1] + 5 && x + half > span[0] - 5)) {
        taken.add(new double[] {x - half, x + half});
        g.setColor(Theme.INK);
        g.drawString(tick.text(), (float) (x - half), (float) base);
      }
    }
  }

  private void paintTitles(Graphics2D g, Chart<?, ?> chart, double floor) {
    g.setColor(Theme.INK);
    String title = chart.getTitle() == null ? "" : chart.getTitle();
    g.setFont(Theme.TITLE);
    double middle = box.getCenterX();
    double half = g.getFontMetrics().stringWidth(title) / 2.0;
    g.drawString(title, (float) (middle - half), (float) (box.getY() - 8));
    g.setFont(Theme.AXIS);
    FontMetrics metrics = g.getFontMetrics();
    half = metrics.stringWidth(chart.getXAxisTitle()) / 2.0;
    double base = floor - metrics.getDescent() - 1;
    g.drawString(chart.getXAxisTitle(), (float) (middle - half), (float) base);
    AffineTransform upright = g.getTransform();
    g.translate(PAD + metrics.getAscent(), box.getCenterY());
    g.rotate(-Math.PI / 2);
    half = metrics.stringWidth(chart.getYAxisTitle()) / 2.0;
    g.drawString(chart.getYAxisTitle(), (float) -half, 0f);
    g.setTransform(upright);
  }
}
