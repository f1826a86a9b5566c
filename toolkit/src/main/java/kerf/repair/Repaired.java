package kerf.repair;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import kerf.display.Bundle;
import kerf.quantization.Quantized;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * A quantized network that was repaired, and what each repair did. To whoever exports or executes
 * it, it is a quantized network like any other.
 */
public final class Repaired extends Quantized {
  private final List<RepairRow> rows;
  private final Map<String, Double> decibels;

  Repaired(Quantized quantized, List<RepairRow> rows, Map<String, Double> decibels) {
    super(quantized);
    this.rows = List.copyOf(rows);
    this.decibels = Collections.unmodifiableMap(decibels);
  }

  /**
   * Lists what the repairs did.
   *
   * @return a row for each repair and layer, in the order in which they were done
   */
  public List<RepairRow> rows() {
    return rows;
  }

  /**
   * Tells how well each quantized layer's output agrees with the float network's on the samples,
   * with the inputs that the quantized network gives it.
   *
   * @return signal-to-quantization-noise ratio in decibels, by the layer's node in the order of the
   *     graph; empty where there were no samples
   */
  public Map<String, Double> decibels() {
    return decibels;
  }

  /**
   * Lists what the repairs did.
   *
   * @return a table, a row for each repair and layer
   */
  public Table repairs() {
    return Rows.table("what each repair did", RepairRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(repairs()))
        .html("<p>" + this + "</p>" + TableHtml.html(repairs()));
  }

  @Override
  public String toString() {
    List<String> done = rows.stream().map(RepairRow::repair).distinct().toList();
    return super.toString()
        + (done.isEmpty() ? "; no repair" : "; repairs: " + String.join(", ", done));
  }
}
