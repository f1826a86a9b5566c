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
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The box a chart's data is drawn in, with all that stands around it: title, axes with ticks and
 * titles, grid, legend, as the chart's styler has them. XChart's own has neither a decreasing axis
 * nor ticks where one wants them.
 */
record Frame(Tuning x, Tuning y, Rectangle2D box, AxesChartStyler styler) {
  private static final int PAD = 10;

  /** Paints the surroundings of a chart, with some room on the right, and then its data. */
  static void paint(
      Graphics2D g,
      Chart<? extends AxesChartStyler, ?> chart,
      Scale xScale,
      Scale yScale,
      int right,
      Consumer<Frame> data) {
    Theme.hints(g);
    AxesChartStyler styler = chart.getStyler();
    g.setColor(styler.getChartBackgroundColor());
    g.fill(new Rectangle2D.Double(0, 0, chart.getWidth(), chart.getHeight()));
    Legend legend = styler.isLegendVisible() ? Legend.of(List.of(chart)) : Legend.NONE;
    boolean under = styler.getLegendPosition() == LegendPosition.OutsideS;
    boolean beside = styler.getLegendPosition() == LegendPosition.OutsideE;
    int width = chart.getWidth() - 2 * PAD;
    double floor = chart.getHeight() - PAD - (under ? legend.height(g, width) : 0);
    double end = right + (beside ? legend.column(g) : 0);
    Tuning x = Tuning.x(xScale, styler);
    Tuning y = Tuning.y(yScale, styler);
    FontMetrics tick = g.getFontMetrics(styler.getAxisTickLabelsFont());
    double title = g.getFontMetrics(styler.getAxisTitleFont()).getHeight();
    int mark = styler.getAxisTickMarkLength();
    boolean titled = styler.isChartTitleVisible() && !Theme.words(chart.getTitle()).isEmpty();
    double top = titled ? PAD + g.getFontMetrics(styler.getChartTitleFont()).getHeight() + 4 : PAD;
    double bottom =
        floor
            - (styler.isXAxisTitleVisible() ? title : 0)
            - (styler.isXAxisTicksVisible() ? tick.getHeight() + mark : 0)
            - 6;
    List<Scale.Tick> yTicks = y.ticks(bottom - top);
    int labels = yTicks.stream().mapToInt(t -> tick.stringWidth(t.text())).max().orElse(0);
    double left =
        PAD
            + (styler.isYAxisTitleVisible() ? title + 6 : 0)
            + (styler.isYAxisTicksVisible() ? labels + mark + 3 : 0);
    double across = Math.max(20, chart.getWidth() - left - PAD - 6 - end);
    Rectangle2D box = new Rectangle2D.Double(left, top, across, Math.max(20, bottom - top));
    g.setColor(styler.getPlotBackgroundColor());
    g.fill(box);
    Frame frame = new Frame(x, y, box, styler);
    frame.paintY(g, yTicks);
    frame.paintX(g);
    frame.paintTitles(g, chart, floor);
    Shape clip = g.getClip();
    g.clip(new Rectangle2D.Double(left - 5, top - 5, across + 10 + right, bottom - top + 10));
    data.accept(frame);
    g.setClip(clip);
    if (styler.isPlotBorderVisible()) {
      g.setColor(styler.getPlotBorderColor());
      g.setStroke(Theme.stroke(1f));
      g.draw(box);
    }
    if (under) {
      legend.paint(g, PAD, floor + 6, width);
    } else {
      legend.paintColumn(g, box, right, styler);
    }
  }

  double x(double value) {
    return box.getX() + x.scale().place(value) * box.getWidth();
  }

  double y(double value) {
    return box.getMaxY() - y.scale().place(value) * box.getHeight();
  }

  static void rule(Graphics2D g, Color color, double x0, double y0, double x1, double y1) {
    g.setColor(color);
    g.setStroke(Theme.stroke(1f));
    g.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  private void gridLine(Graphics2D g, boolean shown, Line2D line) {
    if (shown) {
      g.setColor(styler.getPlotGridLinesColor());
      g.setStroke(styler.getPlotGridLinesStroke());
      g.draw(line);
    }
  }

  private void paintY(Graphics2D g, List<Scale.Tick> ticks) {
    g.setFont(styler.getAxisTickLabelsFont());
    FontMetrics metrics = g.getFontMetrics();
    double mark = box.getX() - styler.getAxisTickMarkLength();
    for (Scale.Tick tick : ticks) {
      double y = y(tick.value());
      gridLine(
          g,
          styler.isPlotGridHorizontalLinesVisible(),
          new Line2D.Double(box.getX(), y, box.getMaxX(), y));
      if (styler.isYAxisTicksVisible()) {
        if (styler.isAxisTicksMarksVisible()) {
          rule(g, styler.getYAxisTickMarksColor(), mark, y, box.getX(), y);
        }
        g.setColor(styler.getYAxisTickLabelsColor());
        double left = mark - 3 - metrics.stringWidth(tick.text());
        g.drawString(tick.text(), (float) left, (float) (y + metrics.getAscent() / 2.0 - 1.5));
      }
    }
  }

  /** A tick whose text would touch another's keeps its mark only. */
  private void paintX(Graphics2D g) {
    g.setFont(styler.getAxisTickLabelsFont());
    FontMetrics metrics = g.getFontMetrics();
    double mark = box.getMaxY() + styler.getAxisTickMarkLength();
    List<double[]> taken = new ArrayList<>();
    for (Scale.Tick tick : x.ticks(box.getWidth())) {
      double x = x(tick.value());
      double half = metrics.stringWidth(tick.text()) / 2.0;
      gridLine(
          g,
          styler.isPlotGridVerticalLinesVisible(),
          new Line2D.Double(x, box.getY(), x, box.getMaxY()));
      if (styler.isXAxisTicksVisible()) {
        if (styler.isAxisTicksMarksVisible()) {
          rule(g, styler.getXAxisTickMarksColor(), x, box.getMaxY(), x, mark);
        }
        if (taken.stream().noneMatch(span -> x - half < span[1] + 5 && x + half > span[0] - 5)) {
          taken.add(new double[] {x - half, x + half});
          g.setColor(styler.getXAxisTickLabelsColor());
          g.drawString(tick.text(), (float) (x - half), (float) (mark + 1 + metrics.getAscent()));
        }
      }
    }
  }

  private void paintTitles(Graphics2D g, Chart<? extends AxesChartStyler, ?> chart, double floor) {
    double middle = box.getCenterX();
    if (styler.isChartTitleVisible()) {
      String title = Theme.words(chart.getTitle());
      g.setFont(styler.getChartTitleFont());
      g.setColor(styler.getChartFontColor());
      double half = g.getFontMetrics().stringWidth(title) / 2.0;
      g.drawString(title, (float) (middle - half), (float) (box.getY() - 8));
    }
    g.setFont(styler.getAxisTitleFont());
    FontMetrics metrics = g.getFontMetrics();
    if (styler.isXAxisTitleVisible()) {
      String title = Theme.words(chart.getXAxisTitle());
      double half = metrics.stringWidth(title) / 2.0;
      g.setColor(styler.getXAxisTitleColor());
      g.drawString(title, (float) (middle - half), (float) (floor - metrics.getDescent() - 1));
    }
    if (styler.isYAxisTitleVisible()) {
      String title = Theme.words(chart.getYAxisTitle());
      AffineTransform upright = g.getTransform();
      g.translate(PAD + metrics.getAscent(), box.getCenterY());
      g.rotate(-Math.PI / 2);
      g.setColor(styler.getYAxisTitleColor());
      g.drawString(title, (float) (-metrics.stringWidth(title) / 2.0), 0f);
      g.setTransform(upright);
    }
  }
}
