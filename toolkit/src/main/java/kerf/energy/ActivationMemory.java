package kerf.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.table.Grouped;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.table.Title;
import kerf.trace.Node;
import tech.tablesaw.api.Table;

/**
 * The memory that activations take while one sample passes, node by node in the order of the graph:
 * what a node reads and writes, and what later ones still need. Activations, normalization and
 * changes of shape work in place. Modelled: an engine may hold more.
 *
 * @param rows one a node
 */
public record ActivationMemory(List<NodeMemory> rows) implements Shown {
  /**
   * What is held while a node runs.
   *
   * @param node its name
   * @param operator what it computes
   * @param output bytes of its output, on its grid if it has one
   * @param held bytes of all that is held
   */
  public record NodeMemory(
      String node,
      String operator,
      @Grouped @Title("output bytes (modelled)") long output,
      @Grouped @Title("held bytes (modelled)") long held) {}

  /**
   * Copies the rows.
   *
   * @param rows one a node
   */
  public ActivationMemory {
    Argument.require("rows", rows);
    rows = List.copyOf(rows);
  }

  /**
   * Computes it from a network's graph.
   *
   * @param network any network that can be traced
   * @return the memory, for a batch of 1
   * @throws IllegalArgumentException if the network cannot be traced
   */
  public static ActivationMemory of(Network network) {
    Argument.require("network", network);
    return of(new Flows(network));
  }

  static ActivationMemory of(Flows flows) {
    Map<String, Long> held = flows.held();
    List<NodeMemory> rows = new ArrayList<>();
    for (Node node : flows.graph().nodes()) {
      rows.add(
          new NodeMemory(
              node.name(), node.operator().toString(), flows.bytes(node), held.get(node.name())));
    }
    return new ActivationMemory(rows);
  }

  /**
   * Gives the peak.
   *
   * @return bytes (modelled)
   */
  public long peakBytes() {
    return rows.stream().mapToLong(NodeMemory::held).max().orElse(0);
  }

  /**
   * Lists the nodes.
   *
   * @return a table, a row a node
   */
  public Table table() {
    return Rows.table("Activation memory", NodeMemory.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "peak of activations: %,d bytes (modelled)".formatted(peakBytes());
  }
}
