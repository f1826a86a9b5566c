package kerf.repair;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import kerf.display.Bundle;
import kerf.model.Network;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/** A quantized network that was repaired, and what each repair did. */
public final class Repaired extends Network {
  private final Quantized quantized;
  private final List<RepairRow> rows;
  private final Map<String, Double> decibels;

  Repaired(Quantized quantized, List<RepairRow> rows, Map<String, Double> decibels) {
    super(quantized);
    this.quantized = quantized;
    this.rows = List.copyOf(rows);
    this.decibels = Collections.unmodifiableMap(decibels);
  }

  /**
   * Gives the quantized network.
   *
   * @return as any plan of quantization gives it, to be exported or executed in integers
   */
  public Quantized quantized() {
    return quantized;
  }

  /**
   * Gives the network with its grids.
   *
   * @return float values; rounding them gives what the repairs decided
   */
  public QuantizedGraph form() {
    return quantized.form();
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
  @Override
  public Table table() {
    return Rows.table("what each repair did", RepairRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table()))
        .html("<p>" + this + "</p>" + TableHtml.html(table()));
  }

  @Override
  public String toString() {
    List<String> done = rows.stream().map(RepairRow::repair).distinct().toList();
    return quantized + (done.isEmpty() ? "; no repair" : "; repairs: " + String.join(", ", done));
  }
}
