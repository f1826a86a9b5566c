package kerf.measure;

import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.table.Percent;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.table.Title;
import tech.tablesaw.api.Table;

/**
 * The sparsity of each layer that a target asks for, chosen by sensitivity curves.
 *
 * <p>The loss of accuracy is taken to be the sum of what each layer loses by itself, and between
 * measured levels to follow the lower convex hull of its curve (so a loss never shrinks again as
 * more is pruned). Then pruning next whatever loses least for each weight, or multiplication, that
 * it saves is not only greedy but optimal: it is the path of the Lagrangian's solutions. In truth
 * the losses of layers compound, so the sum is a prediction to be held against a measurement.
 *
 * @param pruning the plan with a sparsity for each layer
 * @param layers what was chosen, a row a layer
 * @param loss the accuracy that is expected to be lost, modelled
 */
public record Allocation(Pruning pruning, List<Share> layers, double loss) implements Shown {

  /**
   * What a layer gives.
   *
   * @param layer its name
   * @param sparsity the share of its weights to prune
   * @param saved its part of all that is saved, weights or MACs
   * @param loss the accuracy that is expected to be lost by it, modelled
   */
  public record Share(
      String layer,
      @Percent(1) double sparsity,
      @Percent(1) @Title("part of what is saved") double saved,
      @Percent(2) @Title("accuracy lost (modelled)") double loss) {}

  /**
   * Copies the rows.
   *
   * @param pruning the plan with a sparsity for each layer
   * @param layers what was chosen, a row a layer
   * @param loss the accuracy that is expected to be lost, modelled
   */
  public Allocation {
    layers = List.copyOf(layers);
  }

  /**
   * Prunes a network by the plan.
   *
   * @param network such as the one that was scanned; it stays as it is
   * @return the pruned network
   */
  public Network prune(Network network) {
    return pruning.prune(network);
  }

  /**
   * Lists what was chosen.
   *
   * @return a table, a row a layer
   */
  public Table table() {
    return Rows.table("Allocation", Share.class, layers);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "sparsities of %d layers, %.2f %% accuracy lost (modelled)"
        .formatted(layers.size(), 100 * loss);
  }
}
