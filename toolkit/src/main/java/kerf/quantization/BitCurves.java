package kerf.quantization;

import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.Rows;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * The sensitivity of each layer to quantization: accuracy against bits, one layer at a time.
 *
 * @param plan how layers were quantized
 * @param floatAccuracy the accuracy of the float network
 * @param rows a row a layer and width, layers in the order of the graph, widths descending
 */
public record BitCurves(Quantization plan, double floatAccuracy, List<BitRow> rows)
    implements Shown {
  /**
   * Copies the rows.
   *
   * @param plan how layers were quantized
   * @param floatAccuracy the accuracy of the float network
   * @param rows a row a layer and width
   */
  public BitCurves {
    rows = List.copyOf(rows);
  }

  /**
   * Finds the widths that lose least while the weights of all the layers take at most so much of
   * their bytes in floats. What is lost is taken to be the sum of what each layer loses by itself;
   * a gain counts as no loss.
   *
   * @param share of 4 bytes a weight, in (0, 1), such as 0.15
   * @return the width of each layer, and what they are expected to lose
   * @throws IllegalArgumentException if the widths of the scan do not reach so few bytes
   */
  public WidthAllocation toBytes(double share) {
    return WidthAllocation.of(
        plan,
        share,
        "accuracy",
        rows.stream()
            .map(
                row ->
                    new WidthAllocation.Width(
                        row.layer(),
                        row.bits(),
                        row.weights(),
                        row.bytes(),
                        Math.max(0, row.loss())))
            .toList());
  }

  /**
   * Lists the points.
   *
   * @return a table, a row a layer and width: layer, bits, weights, bytes, SQNR, accuracy, accuracy
   *     lost
   */
  public Table table() {
    return Rows.table("Sensitivity to quantization", BitRow.class, rows);
  }

  /**
   * Draws the curves.
   *
   * @return the figure, a line a layer, fewer bits to the right
   */
  public Figure chart() {
    return Figure.row(
        Plot.line(table())
            .x("bits")
            .y("accuracy")
            .by("layer")
            .percentY()
            .decreasingX()
            .title("One layer quantized at a time, the others in floats"));
  }

  @Override
  public Bundle bundle() {
    return chart().bundle().and("text/plain", TableText.text(table()));
  }

  @Override
  public String toString() {
    return "sensitivity of %d layers and widths, float accuracy %.2f %%"
        .formatted(rows.size(), 100 * floatAccuracy);
  }
}
