package kerf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.Marker;

/** The legend under one or more charts: entries in centred lines, never over the data. */
record Legend(String title, List<Entry> entries) {
  static final Legend NONE = new Legend("", List.of());

  private static final int LINE = 20;
  private static final int SAMPLE = 30;
  private static final int GAP = 6;
  private static final int APART = 18;

  /** One series; no stroke: a filled box, as bars have. */
  record Entry(String name, Color color, BasicStroke stroke, Marker marker) {}

  /** The series of all charts, each name once; a chart of a single nameless series has none. */
  static Legend of(List<? extends Chart<?, ?>> charts) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    String title = "";
    for (Chart<?, ?> chart : charts) {
      title = chart instanceof LineChart lines ? lines.legendTitle() : title;
      for (Entry entry : entries(chart)) {
        if (!entry.name().isEmpty()) {
          entries.putIfAbsent(entry.name(), entry);
        }
      }
    }
    return new Legend(title, List.copyOf(entries.values()));
  }

  private static List<Entry> entries(Chart<?, ?> chart) {
    List<Entry> entries = new ArrayList<>();
    if (chart instanceof LineChart lines) {
      for (var series : lines.getSeriesMap().values()) {
        entries.add(
            new Entry(
                series.getLabel(),
                series.getLineColor(),
                series.getLineStyle(),
                series.getMarker()));
      }
    } else if (chart instanceof CategoryChart bars) {
      for (CategorySeries series : bars.getSeriesMap().values()) {
        entries.add(new Entry(series.getLabel(), series.getFillColor(), null, null));
      }
    }
    return entries;
  }

  /** The height it takes at a width. */
  int height(Graphics2D g, int width) {
    return entries.isEmpty() ? 0 : lines(g, width).size() * LINE + GAP;
  }

  void paint(Graphics2D g, double x, double y, int width) {
    double top = y;
    for (List<Entry> line : lines(g, width)) {
      double used = line.stream().mapToDouble(entry -> width(g, entry)).sum() - APART;
      used += top == y ? titleWidth(g) : 0;
      double left = x + Math.max(0, (width - used) / 2);
      if (top == y) {
        text(g, title, left, top + LINE / 2.0);
        left += titleWidth(g);
      }
      for (Entry entry : line) {
        paint(g, entry, left, top + LINE / 2.0);
        left += width(g, entry);
      }
      top += LINE;
    }
  }

  private List<List<Entry>> lines(Graphics2D g, int width) {
    List<List<Entry>> lines = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      double needed = width(g, entry);
      if (used + needed - APART > width) {
        lines.add(new ArrayList<>());
        used = lines.size() == 1 ? titleWidth(g) : 0;
      }
      lines.get(lines.size() - 1).add(entry);
      used += needed;
    }
    return lines;
  }

  private static double width(Graphics2D g, Entry entry) {
    FontMetrics metrics = g.getFontMetrics(Theme.LEGEND);
    return SAMPLE + GAP + metrics.stringWidth(entry.name()) + APART;
  }

  private double titleWidth(Graphics2D g) {
    return title.isEmpty() ? 0 : g.getFontMetrics(Theme.LEGEND).stringWidth(title) + APART;
  }

  private static void text(Graphics2D g, String text, double x, double middle) {
    g.setColor(Theme.INK);
    g.setFont(Theme.LEGEND);
    FontMetrics metrics = g.getFontMetrics();
    double base = middle + (metrics.getAscent() - metrics.getDescent()) / 2.0;
    g.drawString(text, (float) x, (float) base);
  }

  private static void paint(Graphics2D g, Entry entry, double x, double middle) {
    g.setColor(entry.color());
    if (entry.stroke() == null) {
      g.fill(new Rectangle2D.Double(x + 8, middle - 6, 14, 12));
    } else {
      g.setStroke(entry.stroke());
      g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
      entry.marker().paint(g, x + SAMPLE / 2.0, middle, Theme.MARKER);
    }
    text(g, entry.name(), x + SAMPLE + GAP, middle);
  }
}
