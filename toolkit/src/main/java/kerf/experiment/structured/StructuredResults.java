package kerf.experiment.structured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of {@link Structured}. */
public final class StructuredResults extends Results {
  private final Structured plan;
  private final Measured measured;

  StructuredResults(Structured plan, Cutter cutter, Map<Unit, Outcome> units) {
    super(plan, "claims of Liu et al. 2019", units);
    this.plan = plan;
    this.measured = new Measured(plan, cutter, units);
  }

  /**
   * Lists every network.
   *
   * @return a table, a row each: arm, seed, weights, multiplications, accuracies
   */
  public Table table() {
    return Rows.table("structured and unstructured", Trial.class, measured.trials());
  }

  @Override
  protected List<Claim> judged() {
    return new StructuredClaims(plan, measured).all();
  }

  /**
   * Tells where the run differs from the article.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    Protocol own = plan.protocol();
    Protocol paper = Protocol.PUBLISHED;
    List<String> all = new ArrayList<>();
    all.add(
        "%s on %,d images of %s; the article has VGG-16, ResNets and DenseNets on CIFAR and ImageNet"
            .formatted(plan.network().describe(), plan.data().train().size(), plan.data().name()));
    if (!own.equals(paper)) {
      all.add(
          "%d passes from scratch and %d at rate %s after pruning; the article has %d, and %d at %s"
              .formatted(
                  own.epochs(),
                  own.fineTuneEpochs(),
                  own.fineTuneRate(),
                  paper.epochs(),
                  paper.fineTuneEpochs(),
                  paper.fineTuneRate()));
    }
    if (Double.isFinite(own.cap())) {
      all.add(
          "Scratch-B is trained at most %s times as long as the dense network, as in the article on ImageNet; on CIFAR it has no such limit, so here it has less than its budget where less than %.0f %% of the multiplications are left"
              .formatted(own.cap(), 100 / own.cap()));
    }
    all.add(
        "filters: the same fraction of every convolution; the article leaves out layers that it found sensitive");
    all.add(
        "weights: those of linear layers too, and as many as the slim network has; the article prunes those of convolutions, by round percentages");
    all.add("weights: Scratch-E alone; the article has Scratch-B too");
    all.add(
        "accuracy at the end of training; images that do not fill a last batch are left out of a pass; no augmentation");
    return all;
  }

  /**
   * Draws accuracy by weights and by multiplications left, all arms.
   *
   * @return the figure
   */
  public Figure accuracy() {
    return figures().accuracy();
  }

  /**
   * Draws how much more accurate training from scratch is than fine-tuning what was pruned.
   *
   * @return the figure
   */
  public Figure scratch() {
    return figures().scratch();
  }

  /**
   * Draws how much faster slim networks are, and masked ones are not. Measured at the first call;
   * the machine should be quiet.
   *
   * @return the figure
   */
  public Figure speed() {
    return figures().speed();
  }

  /**
   * Lists the times of slim networks, of the dense one and of a masked one, measured in one run in
   * which they take turns. Measured at the first call; the machine should be quiet.
   *
   * @return a table, a row each
   */
  public Table latencies() {
    return Rows.table("latency", Speed.class, measured.speeds());
  }

  /**
   * Gives a trained network.
   *
   * @param arm what was done, such as {@code arm("filters, L1")}
   * @param kept the fraction of filters kept; of no account for a dense network
   * @param seed which repetition
   * @return the network, with its mask or slim
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(Arm arm, double kept, long seed) {
    Argument.require("arm", arm);
    return measured.network(arm, kept, seed);
  }

  private StructuredFigures figures() {
    return new StructuredFigures(plan, measured);
  }
}
