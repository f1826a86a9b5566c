package kerf.plot;

import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

/** A figure in words, for terminals and for readers who do not see it. */
final class Description {
  private Description() {}

  static String of(String title, String caption, List<Chart<?, ?>> charts) {
    List<String> lines = new ArrayList<>();
    if (charts.size() > 1 || !title.isEmpty()) {
      lines.add("figure of %d panels%s".formatted(charts.size(), suffix(title)));
    }
    for (Chart<?, ?> chart : charts) {
      lines.add("chart" + suffix(chart.getTitle()) + axes(chart));
      lines.addAll(series(chart));
    }
    if (!caption.isEmpty()) {
      lines.add(caption);
    }
    return String.join("\n", lines);
  }

  private static String suffix(String title) {
    return title == null || title.isEmpty() ? "" : " \"" + title + "\"";
  }

  /** What is drawn by what; a pie has no axes. */
  private static String axes(Chart<?, ?> chart) {
    return blank(chart.getXAxisTitle()) || blank(chart.getYAxisTitle())
        ? ""
        : ": %s by %s".formatted(chart.getYAxisTitle(), chart.getXAxisTitle());
  }

  private static boolean blank(String words) {
    return words == null || words.isEmpty();
  }

  private static List<String> series(Chart<?, ?> chart) {
    List<String> lines = new ArrayList<>();
    if (chart instanceof Counted counted) {
      lines.add("  " + counted.counted());
    } else if (chart instanceof XYChart lineChart) {
      lineChart
          .getSeriesMap()
          .values()
          .forEach(s -> lines.add(line(s.getLabel(), s.getXData().length, "point")));
    } else if (chart instanceof CategoryChart bars) {
      bars.getSeriesMap()
          .values()
          .forEach(s -> lines.add(line(s.getLabel(), s.getYData().size(), "bar")));
    } else if (chart instanceof HeatMapChart map) {
      lines.add(line("", map.getHeatMapSeries().getHeatData().size(), "cell"));
    }
    return lines;
  }

  private static String line(String name, int count, String unit) {
    String counted = "%,d %s%s".formatted(count, unit, count == 1 ? "" : "s");
    return "  " + (name.isEmpty() ? counted : name + ": " + counted);
  }
}
