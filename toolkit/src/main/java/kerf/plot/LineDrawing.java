package kerf.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import kerf.plot.LinePlot.Sample;
import kerf.plot.LinePlot.Shape;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import tech.tablesaw.api.NumberColumn;

/** Draws the plan of a line chart. */
final class LineDrawing {
  private static final String DIVERGED = "a member is not finite";

  private LineDrawing() {}

  static LineChart of(LinePlot plan) {
    if (plan.x().isEmpty() || plan.y().isEmpty()) {
      throw new IllegalStateException(
          "a line plot needs its columns, found x %s and y %s; write .x(\"…\").y(\"…\")"
              .formatted(quoted(plan.x()), quoted(plan.y())));
    }
    List<Curve> measured = new ArrayList<>();
    Curve.groups(plan.table(), plan.by())
        .forEach((name, rows) -> measured.add(curve(plan, name, rows)));
    Map<String, Curve> published = new LinkedHashMap<>();
    for (Overlay overlay : plan.published()) {
      String by = overlay.table().containsColumn(plan.by()) ? plan.by() : "";
      Curve.groups(overlay.table(), by)
          .forEach(
              (name, rows) ->
                  published.put(
                      name.isEmpty() ? overlay.label() : overlay.label() + ", " + name,
                      Curve.points(name, overlay.table(), rows, plan.x(), plan.y(), "", "")));
    }
    List<Curve> all = new ArrayList<>(measured);
    all.addAll(published.values());
    all.removeIf(curve -> curve.x().length == 0);
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "table %s has no row with a value in %s; there is nothing to draw"
              .formatted(plan.table().name(), plan.x()));
    }
    LineChart chart =
        new LineChart(
            plan.width(), plan.height(), xScale(plan, all), yScale(plan, all), legendTitle(plan));
    chart.setTitle(plan.title());
    chart.setXAxisTitle(plan.xAxis().words(plan.x()));
    chart.setYAxisTitle(plan.yAxis().words(plan.y()));
    XYSeriesRenderStyle style =
        plan.shape() == Shape.STEPS ? XYSeriesRenderStyle.Step : XYSeriesRenderStyle.Line;
    List<String> names = measured.stream().map(Curve::name).toList();
    for (int i = 0; i < measured.size(); i++) {
      Curve curve = measured.get(i);
      if (curve.x().length > 0) {
        String name = curve.name().isEmpty() ? plan.y() : curve.name();
        String label = plan.by().isEmpty() && published.isEmpty() ? "" : name;
        chart.add(curve, name, label, style, Look.measured(i));
      }
    }
    if (plan.sample() == Sample.MEAN) {
      addDiverged(chart, measured, yScale(plan, all).at(0.97));
    }
    int other = names.size();
    for (var entry : published.entrySet()) {
      int same = names.indexOf(entry.getValue().name());
      int series = same >= 0 && !plan.by().isEmpty() ? same : other++;
      chart.add(entry.getValue(), entry.getKey(), entry.getKey(), style, Look.published(series));
    }
    return chart;
  }

  /** A cross at the top for every mean that is none, since a member of it is not finite. */
  private static void addDiverged(LineChart chart, List<Curve> measured, double top) {
    String label = DIVERGED;
    for (int i = 0; i < measured.size(); i++) {
      double[] x = measured.get(i).diverged();
      if (x.length > 0) {
        double[] y = new double[x.length];
        Arrays.fill(y, top);
        Look look = new Look(Theme.color(i), Theme.line(i), Glyph.CROSS.filled());
        chart.add(
            new Curve(DIVERGED, x, y, new double[0], new double[0]),
            measured.get(i).name() + ", " + DIVERGED,
            label,
            XYSeriesRenderStyle.Scatter,
            look);
        label = "";
      }
    }
  }

  private static Curve curve(LinePlot plan, String name, List<Integer> rows) {
    return plan.sample() == Sample.MEAN
        ? Curve.means(name, plan.table(), rows, plan.x(), plan.y())
        : Curve.points(name, plan.table(), rows, plan.x(), plan.y(), plan.low(), plan.high());
  }

  private static Scale xScale(LinePlot plan, List<Curve> curves) {
    var range = curves.stream().flatMapToDouble(c -> DoubleStream.of(c.x())).summaryStatistics();
    return Scale.fit(plan.xAxis(), range.getMin(), range.getMax(), 0.03);
  }

  private static Scale yScale(LinePlot plan, List<Curve> curves) {
    double least = curves.stream().mapToDouble(Curve::least).min().orElse(0);
    double greatest = curves.stream().mapToDouble(Curve::greatest).max().orElse(1);
    return least > greatest
        ? Scale.fit(plan.yAxis(), 0.1, 1, 0.05)
        : Scale.fit(plan.yAxis(), least, greatest, 0.05);
  }

  /** Numbers in a legend need to be told what they count; words do not. */
  private static String legendTitle(LinePlot plan) {
    return !plan.by().isEmpty() && plan.table().column(plan.by()) instanceof NumberColumn
        ? plan.by()
        : "";
  }

  private static String quoted(String column) {
    return column.isEmpty() ? "none" : column;
  }
}
