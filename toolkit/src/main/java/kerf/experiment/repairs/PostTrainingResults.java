package kerf.experiment.repairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of {@link PostTraining}. */
public final class PostTrainingResults extends Results {
  private static final int PUBLISHED_STEPS = 10_000;

  private final PostTraining plan;
  private final Measured measured;

  PostTrainingResults(PostTraining plan, Map<Unit, Outcome> units) {
    super(plan, "claims of Nagel et al. 2019 and 2020", units);
    this.plan = plan;
    this.measured = new Measured(plan, units);
  }

  /**
   * Lists every network.
   *
   * @return a table, a row each: network, repair, seed, bits, accuracies
   */
  public Table table() {
    return Rows.table("repairs after training", Trial.class, measured.trials());
  }

  @Override
  protected List<Claim> judged() {
    return new PostTrainingClaims(plan, measured).all();
  }

  /**
   * Tells where the run differs from the articles.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    List<String> all = new ArrayList<>();
    all.add(
        "%s on %s; the articles have MobileNetV2 and ResNet-18, among others, on ImageNet"
            .formatted(
                String.join(" and ", plan.networks().stream().map(Architecture::describe).toList()),
                plan.data().name()));
    all.add(
        "8 bits, made uneven: as trained, this small network loses little at 8 bits, so its channels are multiplied by 1/4, 1/2, 1, 2 or 4 at random and what reads them is divided, which changes no output; MobileNetV2 is uneven by itself");
    all.add(
        "activations have 8 bits, their ranges from %,d training images; the first article takes ranges from batch normalization, the second leaves activations float"
            .formatted(plan.calibration()));
    all.add(
        "ReLU from the start; the first article trains with ReLU6 and replaces it by ReLU, which costs it 0.02 points");
    all.add(
        "biases are absorbed only into layers without padding, where that is exact; the article does so everywhere");
    if (plan.rounding().steps() != PUBLISHED_STEPS) {
      all.add(
          "AdaRound has %,d steps a layer of %d patches; the article has %,d of 32 images"
              .formatted(plan.rounding().steps(), plan.rounding().batch(), PUBLISHED_STEPS));
    }
    all.add(
        "AdaRound: errors in units of a layer's own rounding, and a strength of %s; the article has 0.01 of errors as they are"
            .formatted(plan.rounding().strength()));
    return all;
  }

  /**
   * Draws accuracy by the width of weights, a panel a network.
   *
   * @return the figure
   */
  public Figure accuracy() {
    return figures().accuracy();
  }

  /**
   * Draws what of the float accuracy is kept at 8 bits, beside Nagel et al. 2019.
   *
   * @return the figure
   * @throws IllegalArgumentException if the run has no weights of 8 bits
   */
  public Figure published() {
    requireBits(8);
    return figures().published();
  }

  /**
   * Draws what of the float accuracy rounding keeps at 4 bits, beside Nagel et al. 2020.
   *
   * @return the figure
   * @throws IllegalArgumentException if the run has no weights of 4 bits
   */
  public Figure rounding() {
    requireBits(4);
    return figures().rounding();
  }

  private void requireBits(int bits) {
    if (!plan.bits().contains(bits)) {
      throw new IllegalArgumentException(
          "the article's figures are for weights of %d bits, found a run of %s; add them with bits(8, 4)"
              .formatted(bits, plan.bits()));
    }
  }

  /**
   * Draws how large the filters of one layer are before and after equalization.
   *
   * @return the figure
   */
  public Figure ranges() {
    return figures().ranges();
  }

  /**
   * Draws how much noise each layer's output has.
   *
   * @return the figure
   */
  public Figure layers() {
    return figures().layers();
  }

  /**
   * Gives a trained float network.
   *
   * @param network which one, such as {@code study.networks().get(0)}
   * @param seed which repetition
   * @return the network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(Architecture network, long seed) {
    Argument.require("network", network);
    return measured.network(network, seed);
  }

  /**
   * Gives the first network with its channels made uneven.
   *
   * @param seed which repetition
   * @return a float network that computes what the trained one does
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network uneven(long seed) {
    Architecture first = plan.networks().get(0);
    return PostTraining.channels(
        Unit.uneven(first, seed, Arm.PLAIN, PostTraining.UNEVEN_BITS), network(first, seed));
  }

  private PostTrainingFigures figures() {
    return new PostTrainingFigures(plan, measured);
  }
}
