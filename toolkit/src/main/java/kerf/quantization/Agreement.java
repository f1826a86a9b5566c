package kerf.quantization;

import java.util.List;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Fake quantization against integers: the same network on the same images, once in floats that are
 * rounded at the points and once in integers. They differ where a number lies next to the middle
 * between two integers.
 *
 * @param rows a row a point, in the order of the graph
 * @param images how many images were classified
 * @param agree how many of them were given the same class by both
 * @param simulated how many the fake-quantized network classified rightly
 * @param integers how many the integer network classified rightly
 */
public record Agreement(List<AgreementRow> rows, int images, int agree, int simulated, int integers)
    implements Shown {
  /**
   * Copies the rows.
   *
   * @param rows a row a point
   * @param images how many images were classified
   * @param agree how many of them were given the same class by both
   * @param simulated how many the fake-quantized network classified rightly
   * @param integers how many the integer network classified rightly
   */
  public Agreement {
    rows = List.copyOf(rows);
  }

  /**
   * Compares.
   *
   * @param quantized a statically quantized network
   * @param samples such as {@code mnist().test().first(64)}: integers are computed by plain Java
   * @return the comparison
   * @throws IllegalArgumentException if the mode is not static, or there is no image
   */
  public static Agreement of(Quantized quantized, Samples samples) {
    Argument.require("quantized", quantized);
    Argument.require("samples", samples);
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "a comparison needs images, found none; write mnist().test().first(64)");
    }
    return new Comparison(quantized).of(samples);
  }

  /**
   * Lists the points.
   *
   * @return a table, a row a point: what computed it, and how much of it differs and how far, each
   *     layer given the same input, and end to end
   */
  public Table table() {
    return Rows.table("Fake quantization against integers", AgreementRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "%,d of %,d images in the same class; right: %,d by fake quantization, %,d by integers"
        .formatted(agree, images, simulated, integers);
  }
}
