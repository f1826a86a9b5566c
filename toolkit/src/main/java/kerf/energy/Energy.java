package kerf.energy;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * The energy of one inference, modelled.
 *
 * @param network what it is of
 * @param rows a node each, in the order of the graph; those that move nothing are left out
 */
public record Energy(String network, List<NodeEnergy> rows) implements Shown {
  /**
   * Copies the rows.
   *
   * @param network what it is of
   * @param rows a node each
   */
  public Energy {
    Argument.require("network", network);
    Argument.require("rows", rows);
    rows = List.copyOf(rows);
  }

  /**
   * Adds up the rows.
   *
   * @return the row of the whole network
   */
  public NodeEnergy total() {
    return rows.stream().reduce(NodeEnergy::and).orElseThrow();
  }

  /**
   * Gives the energy of one inference.
   *
   * @return picojoules (modelled)
   */
  public double picojoules() {
    return total().picojoules();
  }

  /**
   * Lists the nodes.
   *
   * @return a table, a row a node and the total
   */
  public Table table() {
    List<NodeEnergy> all = new ArrayList<>(rows);
    all.add(total());
    return Rows.table("Energy of " + network, NodeEnergy.class, all);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    NodeEnergy total = total();
    return "%s: %.3f µJ an inference, %.1f %% of it arithmetic (modelled)"
        .formatted(
            network,
            total.picojoules() / 1e6,
            100 * total.arithmeticPicojoules() / total.picojoules());
  }
}
