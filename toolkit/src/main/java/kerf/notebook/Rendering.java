package kerf.notebook;

import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.TableHtml;
import kerf.table.TableText;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** How values look in a cell, whatever kernel it is a cell of. */
final class Rendering {
  /** The formats a value is shown in unless another is asked for. */
  static final String[] PREFERRED = {"text/html", "image/png"};

  /** The format of figures to be had for the asking, as in {@code render(figure, SVG)}. */
  static final String SVG = "image/svg+xml";

  /** The types of values that kernels do not know how to show. */
  static final List<Class<?>> TYPES = List.of(Shown.class, Table.class, Chart.class);

  private Rendering() {}

  /** A value in the formats of a cell's result; {@code svg}: a figure as SVG instead of PNG. */
  static Bundle of(Object value, boolean svg) {
    if (value instanceof Table table) {
      return Bundle.of(TableText.text(table)).html(TableHtml.html(table));
    }
    if (value instanceof Chart<?, ?> chart) {
      return of(Figure.of(chart), svg);
    }
    if (svg && value instanceof Plot plot) {
      return of(plot.figure(), true);
    }
    if (svg && value instanceof Figure figure) {
      return figure.asSvg().bundle();
    }
    return ((Shown) value).bundle();
  }

  /** Hands on what a notebook stores: text as it is, bytes as base64. */
  static void put(
      Bundle bundle, BiConsumer<String, Object> data, BiConsumer<String, Object> metadata) {
    bundle
        .parts()
        .forEach(
            (mime, content) ->
                data.accept(
                    mime,
                    content instanceof byte[] bytes
                        ? Base64.getEncoder().encodeToString(bytes)
                        : content));
    bundle.metadata().forEach(metadata);
  }
}
