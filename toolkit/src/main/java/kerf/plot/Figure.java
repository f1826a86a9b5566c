package kerf.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * One or several charts as the panels of a figure, with one legend for all and a caption under
 * them. The same plans give the same bytes.
 */
public final class Figure implements Shown {
  private static final int MOST_PIXELS = 20_000;

  private final List<Chart<?, ?>> charts;
  private final int columns;
  private final String title;
  private final String caption;

  private Figure(List<Chart<?, ?>> charts, int columns, String title, String caption) {
    this.charts = charts;
    this.columns = columns;
    this.title = title;
    this.caption = caption;
  }

  /**
   * Puts panels side by side.
   *
   * @param panels the plans, from left to right
   * @return a figure
   */
  public static Figure row(Plot... panels) {
    Argument.require("panels", panels);
    return grid(Math.max(1, panels.length), panels);
  }

  /**
   * Shows an XChart chart that was made elsewhere, as it is.
   *
   * @param chart the chart, of any kind
   * @return a figure of one panel
   */
  public static Figure of(Chart<?, ?> chart) {
    Argument.require("chart", chart);
    return new Figure(List.of(chart), 1, "", "");
  }

  /**
   * Puts panels in rows.
   *
   * @param columns how many panels a row has, at least 1
   * @param panels the plans, row by row
   * @return a figure
   */
  public static Figure grid(int columns, Plot... panels) {
    Argument.require("panels", panels);
    if (panels.length == 0 || columns < 1) {
      throw new IllegalArgumentException(
          "a figure needs a panel and a column, found %d panels in %d columns"
              .formatted(panels.length, columns));
    }
    List<Chart<?, ?>> charts = new ArrayList<>();
    for (Plot panel : panels) {
      charts.add(panel.chart());
    }
    if (charts.size() > 1) {
      // A heat map's legend is its own scale of colours.
      charts.stream()
          .filter(chart -> !(chart instanceof HeatMapChart))
          .forEach(chart -> chart.getStyler().setLegendVisible(false));
    }
    return new Figure(List.copyOf(charts), Math.min(columns, panels.length), "", "");
  }

  /**
   * Sets a title over all panels.
   *
   * @param words the title
   * @return a new figure with the same charts
   */
  public Figure title(String words) {
    Argument.require("title", words);
    return new Figure(charts, columns, words, caption);
  }

  /**
   * Sets a caption under all panels: what is shown, what the error bars are, how many runs.
   *
   * @param words the caption, wrapped to the figure's width
   * @return a new figure with the same charts
   */
  public Figure caption(String words) {
    Argument.require("caption", words);
    return new Figure(charts, columns, title, words);
  }

  /**
   * The charts, to be tuned; what is changed in them shows in this figure.
   *
   * @return XChart's charts, in the order of the panels
   */
  public List<Chart<?, ?>> charts() {
    return charts;
  }

  /**
   * The width.
   *
   * @return in CSS pixels
   */
  public int width() {
    return sheet().width();
  }

  /**
   * The height.
   *
   * @return in CSS pixels
   */
  public int height() {
    return sheet().height();
  }

  /**
   * Draws the figure as a PNG picture at twice its size, for sharp screens.
   *
   * @return the file's bytes
   */
  public byte[] png() {
    Sheet sheet = sheet();
    if (Math.max(sheet.width(), sheet.height()) > MOST_PIXELS) {
      throw new IllegalStateException(
          "a figure of %d x %d pixels is too large to draw; make its panels smaller"
              .formatted(sheet.width(), sheet.height()));
    }
    return Picture.png(sheet.width(), sheet.height(), 2, sheet::paint);
  }

  /**
   * Draws the figure as an SVG picture.
   *
   * @return the document
   */
  public String svg() {
    Sheet sheet = sheet();
    return Picture.svg(sheet.width(), sheet.height(), sheet::paint);
  }

  /**
   * Saves the figure.
   *
   * @param file a file whose name ends with {@code .png} or {@code .svg}; its folder is made if it
   *     is not there
   * @throws UncheckedIOException if the file cannot be written
   */
  public void save(Path file) {
    Argument.require("file", file);
    String name = file.getFileName().toString();
    if (!name.endsWith(".png") && !name.endsWith(".svg")) {
      throw new IllegalArgumentException(
          "a figure is saved as .png or .svg, found " + name + "; end the name with one of these");
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (name.endsWith(".png")) {
        Files.write(file, png());
      } else {
        Files.writeString(file, svg());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Shows the figure as SVG instead of PNG.
   *
   * @return a value that shows itself
   */
  public Shown asSvg() {
    return () -> Bundle.of(toString()).svg(svg());
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString()).png(png(), width(), height());
  }

  /** What the figure shows, in words: titles, axes, and each series with its count of points. */
  @Override
  public String toString() {
    return Description.of(title, caption, charts);
  }

  private Sheet sheet() {
    return new Sheet(charts, columns, title, caption);
  }
}
