package kerf.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** A figure laid out: title, panels in a grid, one legend where panels share it, caption. */
final class Sheet {
  private static final int EDGE = 8;
  private static final int LEADING = 4;
  private static final int MOST_PIXELS = 10_000;

  private final List<Chart<?, ?>> charts;
  private final int columns;
  private final String title;
  private final Legend legend;
  private final List<String> caption;
  private final int panelWidth;
  private final int panelHeight;
  private final int width;
  private final int height;
  private final int titleHeight;
  private final int legendHeight;
  private final int captionLine;

  Sheet(List<Chart<?, ?>> charts, int columns, String title, String caption) {
    this.charts = charts;
    this.columns = columns;
    this.title = title;
    this.legend = charts.size() > 1 ? Legend.of(charts) : Legend.NONE;
    this.panelWidth = charts.stream().mapToInt(Chart::getWidth).max().orElse(0);
    this.panelHeight = charts.stream().mapToInt(Chart::getHeight).max().orElse(0);
    this.width = panelWidth * columns;
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      Theme.hints(g);
      this.titleHeight =
          title.isEmpty() ? 0 : EDGE + g.getFontMetrics(Theme.TITLE).getHeight() + LEADING;
      this.legendHeight = legend.height(g, width - 2 * EDGE);
      FontMetrics metrics = g.getFontMetrics(Theme.CAPTION);
      this.captionLine = metrics.getHeight();
      this.caption = wrap(caption, metrics, width - 4 * EDGE);
    } finally {
      g.dispose();
    }
    int rows = (charts.size() + columns - 1) / columns;
    this.height =
        titleHeight
            + rows * panelHeight
            + legendHeight
            + (this.caption.isEmpty() ? 0 : this.caption.size() * captionLine + 2 * EDGE);
  }

  /** Refuses a chart too small to be read or too large to be drawn. */
  static void requireSize(int width, int height) {
    if (width < 200 || height < 150 || width > MOST_PIXELS || height > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "a chart needs at least 200 x 150 pixels and has %,d at most each way, found %d x %d"
              .formatted(MOST_PIXELS, width, height));
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  void paint(Graphics2D g) {
    Theme.hints(g);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(Theme.INK);
    g.setFont(Theme.TITLE);
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(
        title, (width - metrics.stringWidth(title)) / 2f, (float) (EDGE + metrics.getAscent()));
    for (int i = 0; i < charts.size(); i++) {
      AffineTransform origin = g.getTransform();
      g.translate(i % columns * panelWidth, titleHeight + i / columns * panelHeight);
      charts.get(i).paint(g, charts.get(i).getWidth(), charts.get(i).getHeight());
      g.setTransform(origin);
      Theme.hints(g);
    }
    int base = height - (caption.isEmpty() ? 0 : caption.size() * captionLine + 2 * EDGE);
    legend.paint(g, EDGE, base - legendHeight, width - 2 * EDGE);
    g.setColor(Theme.INK);
    g.setFont(Theme.CAPTION);
    for (int i = 0; i < caption.size(); i++) {
      float y = base + EDGE / 2f + i * captionLine + g.getFontMetrics().getAscent();
      g.drawString(caption.get(i), 2f * EDGE, y);
    }
  }

  private static List<String> wrap(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.strip().split("\n")) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" +")) {
        if (!line.isEmpty() && metrics.stringWidth(line + " " + word) > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      if (!line.isEmpty()) {
        lines.add(line.toString());
      }
    }
    return lines;
  }
}
