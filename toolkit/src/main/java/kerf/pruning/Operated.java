package kerf.pruning;

import java.util.List;
import kerf.model.Network;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** A network after Optimal Brain Surgeon, with the record of the operation. */
public final class Operated extends Network {
  private final List<Deletion> deletions;

  Operated(Network network, List<Deletion> deletions) {
    super(network);
    this.deletions = List.copyOf(deletions);
  }

  /**
   * Lists what was deleted.
   *
   * @return in the order of the operation
   */
  public List<Deletion> deletions() {
    return deletions;
  }

  /**
   * Shows what was deleted.
   *
   * @return a table, a row each: layer, index, weight and the foretold rise of the loss
   */
  public Table operation() {
    return Rows.table("deletions", Deletion.class, deletions);
  }
}
