package kerf.measure;

import java.util.List;
import kerf.argument.Argument;
import kerf.argument.Names;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What was measured of some networks: a filled metrics card.
 *
 * @param rows one a network
 */
public record Metrics(List<CardRow> rows) implements Shown {
  /**
   * Copies the rows.
   *
   * @param rows one a network
   */
  public Metrics {
    rows = List.copyOf(rows);
  }

  /**
   * Finds a row.
   *
   * @param network what it is called
   * @return its row
   * @throws IllegalArgumentException if there is none of that name
   */
  public CardRow row(String network) {
    Argument.require("network", network);
    return rows.stream()
        .filter(row -> row.network().equals(network))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no network '%s' on the card; it has %s"
                        .formatted(
                            network,
                            Names.listed(network, rows.stream().map(CardRow::network).toList()))));
  }

  /**
   * Lists the rows.
   *
   * @return a table, a row a network
   */
  public Table table() {
    return Rows.table("Metrics", CardRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(TableText.text(table())).html(TableHtml.html(table()));
  }
}
