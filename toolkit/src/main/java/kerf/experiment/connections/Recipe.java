package kerf.experiment.connections;

import java.util.List;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;

/**
 * How one network is trained, pruned and trained again.
 *
 * @param dense the training from scratch
 * @param retrain the training after a round of pruning
 * @param last the training after the round that reaches the published size
 * @param rounds in how many rounds it is reached, 1 or more
 * @param further how many rounds go on beyond it, 0 or more
 */
public record Recipe(Training dense, Training retrain, Training last, int rounds, int further) {
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 5e-4;
  private static final double LOWER = 0.1;

  /**
   * Checks the rounds.
   *
   * @param dense the training from scratch
   * @param retrain the training after a round of pruning
   * @param last the training after the round that reaches the published size
   * @param rounds in how many rounds it is reached
   * @param further how many rounds go on beyond it
   */
  public Recipe {
    if (rounds < 1 || further < 0) {
      throw new IllegalArgumentException(
          "rounds must be 1 or more, and 0 or more beyond, found %d and %d"
              .formatted(rounds, further));
    }
  }

  /**
   * The article's protocol: with L2 (weight decay), retrained at a tenth of the learning rate. The
   * dense network too trains its last three tenths at that rate, so that the two can be compared.
   *
   * @param rate the learning rate of the dense network
   * @param batch images a step
   * @param dense optimizer steps from scratch
   * @param retrain optimizer steps after a round of pruning
   * @param last optimizer steps after the round that reaches the published size
   * @param rounds in how many rounds it is reached
   * @param further how many rounds go on beyond it
   * @return the recipe
   */
  static Recipe of(
      double rate, int batch, int dense, int retrain, int last, int rounds, int further) {
    Sgd optimizer = new Sgd(rate).momentum(MOMENTUM).weightDecay(WEIGHT_DECAY);
    Training plan =
        Training.defaults()
            .optimizer(optimizer)
            .batch(batch)
            .evaluateEvery(Step.iterations(Math.max(dense, last)));
    Training again =
        plan.optimizer(new Sgd(rate * LOWER).momentum(MOMENTUM).weightDecay(WEIGHT_DECAY));
    return new Recipe(
        plan.until(Step.iterations(dense))
            .learningRate(new LearningRate.Drop(LOWER, List.of(Step.iterations(dense * 7 / 10)))),
        again.until(Step.iterations(retrain)),
        again.until(Step.iterations(last)),
        rounds,
        further);
  }

  Training training(int round) {
    return round == rounds ? last : retrain;
  }

  /** How far a round is on the way to the published fractions; see {@link Net#pruning}. */
  double way(int round) {
    return (double) round / rounds;
  }

  /** A line that differs where results would. */
  @Override
  public String toString() {
    return "recipe(%s, %s, %s, %d rounds)"
        .formatted(line(dense), line(retrain), line(last), rounds);
  }

  private static String line(Training training) {
    return "%s %s batch %d until %s"
        .formatted(
            training.optimizer(), training.learningRate(), training.batch(), training.until());
  }
}
