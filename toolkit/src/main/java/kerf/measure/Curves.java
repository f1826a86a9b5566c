package kerf.measure;

import java.util.ArrayList;
import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.pruning.Pruning;
import kerf.table.Rows;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * The sensitivity of each layer of a network: accuracy against what is left of the layer's weights.
 *
 * @param pruning how the layers were pruned
 * @param layers a curve for each layer
 */
public record Curves(Pruning pruning, List<LayerCurve> layers) implements Shown {
  /**
   * Copies the curves.
   *
   * @param pruning how the layers were pruned
   * @param layers a curve for each layer, at least one
   */
  public Curves {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("curves need at least one layer, found none");
    }
  }

  /**
   * Finds the sparsities that lose least while so much of all the layers' weights is pruned.
   *
   * @param sparsity the share of their weights to prune, in (0, 1)
   * @return the sparsity of each layer, and what they are expected to lose; see {@link Allocation}
   * @throws IllegalArgumentException if the levels of the curves do not reach so far
   */
  public Allocation toSparsity(double sparsity) {
    Allocator.requireShare("sparsity", sparsity);
    return new Allocator(this, LayerCurve::weights).save("weights", sparsity);
  }

  /**
   * Finds the sparsities that lose least while so much of all the layers' multiplications is left.
   * A multiplication counts as saved when its own weight is pruned; physical slimming saves those
   * with the inputs of the next layer too, and so more.
   *
   * @param share the share of their dense MACs that is left, in (0, 1)
   * @return the sparsity of each layer, and what they are expected to lose; see {@link Allocation}
   * @throws IllegalArgumentException if the levels of the curves do not reach so far, or the
   *     network could not be traced
   */
  public Allocation toMacs(double share) {
    Allocator.requireShare("the share of MACs", share);
    for (LayerCurve layer : layers) {
      if (layer.positions() == 0) {
        throw new IllegalArgumentException(
            "the MACs of %s are not known: the network could not be traced; use toSparsity"
                .formatted(layer.layer()));
      }
    }
    return new Allocator(this, layer -> layer.weights() * layer.positions())
        .save("MACs", 1 - share);
  }

  /**
   * Lists the points.
   *
   * @return a table, a row a layer and level: layer, sparsity, weights remaining, accuracy,
   *     accuracy lost
   */
  public Table table() {
    List<SensitivityRow> rows = new ArrayList<>();
    for (LayerCurve layer : layers) {
      double dense = layer.accuracies().get(0);
      for (int i = 0; i < layer.levels().size(); i++) {
        double sparsity = layer.levels().get(i);
        double accuracy = layer.accuracies().get(i);
        rows.add(
            new SensitivityRow(layer.layer(), sparsity, 1 - sparsity, accuracy, dense - accuracy));
      }
    }
    return Rows.table("Sensitivity", SensitivityRow.class, rows);
  }

  /**
   * Draws the curves as in Han et al. 2015, figure 6: accuracy against the share of a layer's
   * weights that remains, decreasing.
   *
   * @return the figure, a line a layer
   */
  public Figure chart() {
    return Figure.row(
        Plot.line(table())
            .x("weights remaining")
            .y("accuracy")
            .by("layer")
            .percentX()
            .percentY()
            .decreasingX()
            .title("One layer pruned at a time, no retraining"));
  }

  @Override
  public Bundle bundle() {
    return chart().bundle().and("text/plain", TableText.text(table()));
  }
}
