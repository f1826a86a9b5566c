package kerf.experiment.connections;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.picture.SurvivalMap;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of {@link Connections}. */
public final class Survivors extends Results {
  private final Connections plan;
  private final Measured measured;

  Survivors(Connections plan, Map<Unit, Outcome> units) {
    super(plan, "claims of Han et al. 2015", units);
    this.plan = plan;
    this.measured = new Measured(plan, units);
  }

  /**
   * Lists every training.
   *
   * @return a table, a row each: network, seed, what was done, weights kept, accuracies
   */
  public Table table() {
    return Rows.table("weights and connections", Prune.class, measured.rows());
  }

  /**
   * Lists the layers at the published size, after the article's tables by layer.
   *
   * @return a table, a row each: weights, kept, published, quality parameter
   */
  public Table layers() {
    return Rows.table("layers at the published size", LayerResult.class, measured.layers());
  }

  @Override
  protected List<Claim> judged() {
    return new ConnectionsClaims(plan, measured).all();
  }

  /**
   * Tells where the run differs from the article.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    List<String> all = new ArrayList<>();
    all.add(
        "each round's threshold is the one that keeps the published fraction; its quality parameter is measured, not chosen by hand");
    all.add("convolutions and fully connected layers are retrained together, not in turns");
    all.add("no dropout, so no dropout ratio to adjust");
    all.add("figures 5 and 6 are of AlexNet in the article, of LeNets here");
    all.add("training lengths and learning rates are ours: the article does not publish them");
    if (plan.length() != Length.FULL) {
      all.add("trained as briefly as length %s asks".formatted(plan.length()));
    }
    return all;
  }

  /**
   * Draws the test error of each round of pruning and retraining, with table 1's points.
   *
   * @return the figure
   */
  public Figure rounds() {
    return figures().rounds();
  }

  /**
   * Draws what is left of the first layer of LeNet-300-100, after figure 4 of the article.
   *
   * @return the map; shows itself
   * @throws IllegalArgumentException if LeNet-300-100 was not part of the run
   */
  public SurvivalMap survivalMap() {
    return measured.survivalMap(plan.seeds().get(0));
  }

  /**
   * Draws the change of accuracy by the fraction pruned, with L1 and L2, with retraining and
   * without, and iterated, after figure 5 of the article.
   *
   * @return the figure
   * @throws IllegalArgumentException if LeNet-300-100 was not part of the run
   */
  public Figure tradeoff() {
    return figures().tradeoff();
  }

  /**
   * Draws the accuracy where one layer alone is pruned, after figure 6 of the article.
   *
   * @return the figure
   */
  public Figure sensitivity() {
    return figures().sensitivity();
  }

  private ConnectionsFigures figures() {
    return new ConnectionsFigures(plan, measured);
  }

  /**
   * Gives a trained dense network.
   *
   * @param network {@code lenet300100()} or {@code lenet5()}
   * @param seed which repetition
   * @return the network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network dense(Architecture network, long seed) {
    Argument.require("network", network);
    return measured.network(Net.of(network), seed, 0);
  }

  /**
   * Gives a network after the round that reaches the published size.
   *
   * @param network {@code lenet300100()} or {@code lenet5()}
   * @param seed which repetition
   * @return the network, with its mask
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network pruned(Architecture network, long seed) {
    Argument.require("network", network);
    Net net = Net.of(network);
    return measured.network(net, seed, measured.published(net));
  }
}
