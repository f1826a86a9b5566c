package kerf.quantization;

import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What each width of each layer is expected to add to the loss, by second derivatives.
 *
 * @param plan how layers are quantized
 * @param rows a row a layer and width, layers in the order of the graph, widths descending
 */
public record TraceCurves(Quantization plan, List<TraceRow> rows) implements Shown {
  /**
   * Copies the rows.
   *
   * @param plan how layers are quantized
   * @param rows a row a layer and width
   */
  public TraceCurves {
    rows = List.copyOf(rows);
  }

  /**
   * Finds the widths that add least to the loss while the weights of all the layers take at most so
   * much of their bytes in floats.
   *
   * @param share of 4 bytes a weight, in (0, 1), such as 0.15
   * @return the width of each layer, and what they are expected to add
   * @throws IllegalArgumentException if the widths of the scan do not reach so few bytes
   */
  public WidthAllocation toBytes(double share) {
    return WidthAllocation.of(
        plan,
        share,
        "loss",
        rows.stream()
            .map(
                row ->
                    new WidthAllocation.Width(
                        row.layer(), row.bits(), row.weights(), row.bytes(), row.added()))
            .toList());
  }

  /**
   * Lists the rows.
   *
   * @return a table, a row a layer and width
   */
  public Table table() {
    return Rows.table("Second derivatives and rounding", TraceRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "loss added by %d layers and widths, modelled".formatted(rows.size());
  }
}
