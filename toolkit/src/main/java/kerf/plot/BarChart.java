package kerf.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kerf.plot.Axis.Scaling;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;

/** An XChart bar chart that paints itself in the look of all figures. */
final class BarChart extends CategoryChart {
  private static final double FILL = 0.76;

  private final Scale xScale;
  private final Scale yScale;
  private final Map<String, List<DoubleSummaryStatistics>> whiskers = new HashMap<>();
  private final Map<String, List<Double>> bases = new HashMap<>();

  BarChart(int width, int height, Scale xScale, Scale yScale) {
    super(width, height);
    this.xScale = xScale;
    this.yScale = yScale;
    Theme.dress(getStyler(), xScale, yScale);
    getStyler().setPlotGridVerticalLinesVisible(false);
    getStyler().setAvailableSpaceFill(FILL);
  }

  /** Draws whiskers from the least to the greatest value of each bar of a series. */
  void whiskers(String series, List<DoubleSummaryStatistics> values) {
    whiskers.put(series, values);
  }

  /** Lets each bar of a series start at a number of its own in place of zero. */
  void bases(String series, List<Double> values) {
    bases.put(series, values);
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    setWidth(width);
    setHeight(height);
    Frame.paint(g, this, xScale, yScale, 0, frame -> paintBars(g, frame));
  }

  private void paintBars(Graphics2D g, Frame frame) {
    List<CategorySeries> shown =
        getSeriesMap().values().stream().filter(CategorySeries::isEnabled).toList();
    g.clip(frame.box());
    // A logarithmic axis has no 0.
    Scale scale = frame.y().scale();
    double foot = frame.y(scale.axis().scaling() == Scaling.LOG ? scale.low() : 0);
    double fill = getStyler().getAvailableSpaceFill();
    double bar = fill / shown.size();
    int index = 0;
    for (CategorySeries series : shown) {
      if (series.getFillColor() == null) {
        series.setFillColor(Theme.fill(index));
      }
      g.setColor(series.getFillColor());
      double offset = index++ * bar - fill / 2;
      int category = 0;
      for (Iterator<? extends Number> ys = series.getYData().iterator(); ys.hasNext(); category++) {
        Number y = ys.next();
        if (y != null) {
          double left = frame.x(category + offset);
          double right = frame.x(category + offset + bar);
          List<Double> own = bases.get(series.getName());
          double start = own == null ? foot : frame.y(own.get(category));
          double top = Math.min(frame.y(y.doubleValue()), start);
          double high = Math.abs(frame.y(y.doubleValue()) - start);
          g.fill(new Rectangle2D.Double(left + 0.5, top, right - left - 1, high));
          if (whiskers.containsKey(series.getName())) {
            paintWhisker(
                g, frame, whiskers.get(series.getName()).get(category), (left + right) / 2);
          }
          g.setColor(series.getFillColor());
        }
      }
    }
    Frame.rule(g, Theme.FRAME, frame.box().getX(), foot, frame.box().getMaxX(), foot);
  }

  private static void paintWhisker(
      Graphics2D g, Frame frame, DoubleSummaryStatistics values, double x) {
    if (values.getMin() < values.getMax()) {
      double low = frame.y(values.getMin());
      double high = frame.y(values.getMax());
      Frame.rule(g, Theme.FRAME, x, low, x, high);
      Frame.rule(g, Theme.FRAME, x - 3, low, x + 3, low);
      Frame.rule(g, Theme.FRAME, x - 3, high, x + 3, high);
    }
  }
}
