package kerf.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * An XChart line chart that paints itself: XChart's error bars have equal halves, and its dashes
 * start anew at each point. The series hold values in the table's units; their colours, strokes,
 * markers and render styles are obeyed; what stands around them is {@link Frame}'s.
 */
final class LineChart extends XYChart {
  private static final int MOST_MARKERS = 20;
  private static final int THINNED = 13;
  private static final double DODGE = 2.5;

  private final Scale xScale;
  private final Scale yScale;
  private final String legendTitle;
  private final Map<String, Curve> bars = new HashMap<>();

  LineChart(int width, int height, Scale xScale, Scale yScale, String legendTitle) {
    super(width, height);
    this.xScale = xScale;
    this.yScale = yScale;
    this.legendTitle = legendTitle;
    Theme.dress(getStyler(), xScale, yScale);
  }

  /** What the legend's names are, where they do not say it themselves; else empty. */
  String legendTitle() {
    return legendTitle;
  }

  /** Adds a series; a label that is empty keeps it out of the legend. */
  void add(Curve curve, String name, String label, XYSeriesRenderStyle style, Look look) {
    XYSeries series = addSeries(name, curve.x(), curve.y());
    series.setLabel(label);
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    series.setMarker(look.marker());
    series.setMarkerColor(look.color());
    series.setFillColor(look.color());
    series.setXYSeriesRenderStyle(style);
    if (curve.bars()) {
      bars.put(name, curve);
    }
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    int series = 0;
    for (XYSeries each : getSeriesMap().values()) {
      complete(each, series++);
    }
    Frame.paint(g, this, xScale, yScale, 0, frame -> paintSeries(g, frame));
  }

  /** A series that was added to the chart by hand may lack some of its look. */
  private static void complete(XYSeries series, int index) {
    Look look = Look.measured(index);
    if (series.getLineColor() == null) {
      series.setLineColor(look.color());
    }
    if (series.getLineStyle() == null) {
      series.setLineStyle(look.stroke());
    }
    if (series.getMarker() == null) {
      series.setMarker(look.marker());
    }
    if (series.getMarkerColor() == null) {
      series.setMarkerColor(series.getLineColor());
    }
    if (series.getFillColor() == null) {
      series.setFillColor(series.getLineColor());
    }
  }

  /** Where error bars would hide each other, series stand a hair's breadth side by side. */
  private void paintSeries(Graphics2D g, Frame frame) {
    int index = 0;
    for (XYSeries series : getSeriesMap().values()) {
      if (!series.isEnabled()) {
        continue;
      }
      Curve curve = bars.get(series.getName());
      double shift = curve == null ? 0 : (index++ - (bars.size() - 1) / 2.0) * DODGE;
      double dodge = series.getXData().length > MOST_MARKERS ? 0 : shift;
      Shape clip = g.getClip();
      // Markers at an edge are whole; lines and bars that leave the frame end there.
      g.clip(frame.box());
      paintLine(g, frame, series, path(frame, series, dodge));
      paintBars(g, frame, series, curve, dodge);
      g.setClip(clip);
      paintMarkers(g, frame, series, dodge);
    }
  }

  private static void paintLine(Graphics2D g, Frame frame, XYSeries series, Path2D path) {
    XYSeriesRenderStyle style = series.getXYSeriesRenderStyle();
    if (style == XYSeriesRenderStyle.StepArea && path.getCurrentPoint() != null) {
      Path2D area = new Path2D.Double(path);
      area.lineTo(path.getCurrentPoint().getX(), frame.box().getMaxY());
      area.lineTo(path.getBounds2D().getX(), frame.box().getMaxY());
      area.closePath();
      Color fill = series.getFillColor();
      g.setColor(new Color(fill.getRed(), fill.getGreen(), fill.getBlue(), 70));
      g.fill(area);
    }
    if (style != XYSeriesRenderStyle.Scatter) {
      g.setColor(series.getLineColor());
      g.setStroke(series.getLineStyle());
      g.draw(path);
    }
  }

  private static Path2D path(Frame frame, XYSeries series, double dodge) {
    boolean steps =
        series.getXYSeriesRenderStyle() == XYSeriesRenderStyle.Step
            || series.getXYSeriesRenderStyle() == XYSeriesRenderStyle.StepArea;
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (int i = 0; i < series.getXData().length; i++) {
      double x = frame.x(series.getXData()[i]) + dodge;
      double y = frame.y(series.getYData()[i]);
      if (Double.isNaN(y)) {
        down = false;
      } else if (!down) {
        path.moveTo(x, y);
        down = true;
      } else {
        if (steps) {
          path.lineTo(x, path.getCurrentPoint().getY());
        }
        path.lineTo(x, y);
      }
    }
    return path;
  }

  /** Of many points only every so many, the last always among them. */
  private static IntStream marked(XYSeries series) {
    int all = series.getXData().length;
    int every = all > MOST_MARKERS ? all / THINNED : 1;
    return IntStream.iterate((all - 1) % every, i -> i < all, i -> i + every)
        .filter(i -> !Double.isNaN(series.getYData()[i]));
  }

  private static void paintBars(
      Graphics2D g, Frame frame, XYSeries series, Curve curve, double dodge) {
    if (curve == null) {
      return;
    }
    Color color = series.getLineColor();
    marked(series)
        .filter(i -> !Double.isNaN(curve.low()[i] + curve.high()[i]))
        .forEach(
            i -> {
              double x = frame.x(series.getXData()[i]) + dodge;
              double low = frame.y(curve.low()[i]);
              double high = frame.y(curve.high()[i]);
              Frame.rule(g, color, x, low, x, high);
              Frame.rule(g, color, x - 3, low, x + 3, low);
              Frame.rule(g, color, x - 3, high, x + 3, high);
            });
  }

  private void paintMarkers(Graphics2D g, Frame frame, XYSeries series, double dodge) {
    g.setColor(series.getMarkerColor());
    marked(series)
        .forEach(
            i ->
                series
                    .getMarker()
                    .paint(
                        g,
                        frame.x(series.getXData()[i]) + dodge,
                        frame.y(series.getYData()[i]),
                        getStyler().getMarkerSize()));
  }
}
