package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.measure.NoiseScore;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of a robustness experiment. */
public final class RobustnessResults extends Results {
  private final Robustness plan;
  private final Map<Unit, Outcome> units;
  private final List<Trial> trials = new ArrayList<>();

  RobustnessResults(Robustness plan, Map<Unit, Outcome> units) {
    super(plan, "claims of Ahmad and Scheinkman 2019, MNIST", units);
    this.plan = plan;
    this.units = units;
    for (Net net : plan.nets()) {
      for (long seed : plan.seeds()) {
        Unit unit = new Unit(seed, net);
        Outcome outcome = units.get(unit);
        trials.add(
            outcome.divergence().isPresent()
                ? Trial.diverged(unit)
                : Done.of(outcome, net.architecture()).trial(unit));
      }
    }
  }

  /**
   * Lists every network.
   *
   * @return a table, a row each: network, seed, weights remaining, accuracies and noise score
   */
  public Table table() {
    return Rows.table("sparse networks and noise", Trial.class, trials);
  }

  @Override
  protected List<Claim> judged() {
    return new RobustnessClaims(trials).all();
  }

  /**
   * Tells where the run differs from the article.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    return List.of(
        "at most %d passes over %,d images, %d seeds, noise on %,d test images; the article has 15 (SparseCNN-2 and mixtures: 10) over 60,000, 10 seeds, 10,000 test images"
            .formatted(
                plan.epochs(),
                plan.data().train().size(),
                plan.seeds().size(),
                plan.data().test().size()),
        "networks are measured at the end of training; the article takes the pass with the best test accuracy",
        "the same noise is put on an image for all networks, more of it including less; the article draws it anew each time",
        "random weights are dropped over the whole hidden layer; the article drops as many of each unit",
        "biases start at 0; the article leaves PyTorch's uniform ones",
        "images that do not fill a last batch are left out of a pass",
        "the ablation in the layers of SparseCNN-1 is not in the article");
  }

  /**
   * Draws accuracy by noise of the article's networks.
   *
   * @return the figure
   */
  public Figure accuracyByNoise() {
    return new RobustnessFigures(plan, units, trials).accuracyByNoise();
  }

  /**
   * Draws noise scores, the article's beside ours.
   *
   * @return the figure
   */
  public Figure noiseScores() {
    return new RobustnessFigures(plan, units, trials).noiseScores();
  }

  /**
   * Draws accuracy by noise and noise scores of the ablation's arms.
   *
   * @return the figure
   */
  public Figure ablation() {
    return new RobustnessFigures(plan, units, trials).ablation();
  }

  /**
   * Draws how often the hidden units of the sparse networks win.
   *
   * @return the figure
   */
  public Figure dutyCycles() {
    return new RobustnessFigures(plan, units, trials).dutyCycles();
  }

  /**
   * Gives a trained network.
   *
   * @param net which
   * @param seed which repetition
   * @return the network, with its mask and duty cycles
   * @throws IllegalArgumentException if it was not part of the run
   * @throws kerf.model.DivergedException if it diverged
   */
  public Network network(Net net, long seed) {
    Argument.require("net", net);
    return done(net, seed).network();
  }

  /**
   * Gives what was measured of a network.
   *
   * @param net which
   * @param seed which repetition
   * @return its score, level by level
   * @throws IllegalArgumentException if it was not part of the run
   * @throws kerf.model.DivergedException if it diverged
   */
  public NoiseScore score(Net net, long seed) {
    Argument.require("net", net);
    return done(net, seed).score();
  }

  private Done done(Net net, long seed) {
    Outcome outcome = units.get(new Unit(seed, net));
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no %s of seed %d in this run; nets are %s, seeds %s"
              .formatted(net, seed, plan.nets(), plan.seeds()));
    }
    return Done.of(outcome, net.architecture());
  }
}
