package kerf.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
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
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;

/**
 * The legend of one or more charts: entries in centred lines under them, or in a column where a
 * chart's styler wants it elsewhere.
 */
record Legend(String title, List<Entry> entries, Font font, Color ink) {
  static final Legend NONE = new Legend("", List.of(), Theme.LEGEND, Theme.INK);

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
    Font font = Theme.LEGEND;
    Color ink = Theme.INK;
    for (Chart<?, ?> chart : charts) {
      font = chart.getStyler().getLegendFont();
      ink = chart.getStyler().getChartFontColor();
      title = chart instanceof LineChart lines ? lines.legendTitle() : title;
      for (Entry entry : entries(chart)) {
        if (!entry.name().isEmpty()) {
          entries.putIfAbsent(entry.name(), entry);
        }
      }
    }
    return new Legend(title, List.copyOf(entries.values()), font, ink);
  }

  private static List<Entry> entries(Chart<?, ?> chart) {
    List<Entry> entries = new ArrayList<>();
    if (chart instanceof LineChart lines) {
      for (var series : lines.getSeriesMap().values()) {
        if (!series.isEnabled() || !series.isShowInLegend()) {
          continue;
        }
        entries.add(
            new Entry(
                series.getLabel(),
                series.getLineColor(),
                series.getLineStyle(),
                series.getMarker()));
      }
    } else if (chart instanceof CategoryChart bars) {
      for (CategorySeries series : bars.getSeriesMap().values()) {
        if (series.isEnabled() && series.isShowInLegend()) {
          entries.add(new Entry(series.getLabel(), series.getFillColor(), null, null));
        }
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

  /** The width it takes as a column. */
  double column(Graphics2D g) {
    double widest = entries.stream().mapToDouble(entry -> width(g, entry)).max().orElse(0);
    return entries.isEmpty() ? 0 : Math.max(widest, titleWidth(g));
  }

  /** Paints it as a column in a corner of a chart's box, or right of it. */
  void paintColumn(Graphics2D g, Rectangle2D box, double right, Styler styler) {
    if (entries.isEmpty()) {
      return;
    }
    LegendPosition position = styler.getLegendPosition();
    double width = column(g) - APART + 2 * GAP;
    double height = (entries.size() + (title.isEmpty() ? 0 : 1)) * LINE;
    double x =
        switch (position) {
          case InsideNW, InsideSW -> box.getX() + GAP;
          case InsideN, InsideS -> box.getCenterX() - width / 2;
          case InsideNE, InsideSE -> box.getMaxX() - width - GAP;
          case OutsideE, OutsideS -> box.getMaxX() + right + GAP;
        };
    double y =
        switch (position) {
          case InsideSW, InsideS, InsideSE -> box.getMaxY() - height - GAP;
          case InsideNW, InsideN, InsideNE -> box.getY() + GAP;
          case OutsideE, OutsideS -> box.getY();
        };
    Rectangle2D ground = new Rectangle2D.Double(x, y, width, height);
    g.setColor(styler.getLegendBackgroundColor());
    g.fill(ground);
    g.setColor(styler.getLegendBorderColor());
    g.setStroke(Theme.stroke(1f));
    g.draw(ground);
    double middle = y + LINE / 2.0;
    if (!title.isEmpty()) {
      text(g, title, x + GAP, middle);
      middle += LINE;
    }
    for (Entry entry : entries) {
      paint(g, entry, x + GAP, middle);
      middle += LINE;
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

  private double width(Graphics2D g, Entry entry) {
    FontMetrics metrics = g.getFontMetrics(font);
    return SAMPLE + GAP + metrics.stringWidth(entry.name()) + APART;
  }

  private double titleWidth(Graphics2D g) {
    return title.isEmpty() ? 0 : g.getFontMetrics(font).stringWidth(title) + APART;
  }

  private void text(Graphics2D g, String text, double x, double middle) {
    g.setColor(ink);
    g.setFont(font);
    FontMetrics metrics = g.getFontMetrics();
    double base = middle + (metrics.getAscent() - metrics.getDescent()) / 2.0;
    g.drawString(text, (float) x, (float) base);
  }

  private void paint(Graphics2D g, Entry entry, double x, double middle) {
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
