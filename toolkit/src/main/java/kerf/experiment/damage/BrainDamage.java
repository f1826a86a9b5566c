package kerf.experiment.damage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Plans;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.model.Activation;
import kerf.model.Architecture;
import kerf.model.Mlp;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.training.Adam;
import kerf.training.LearningRate;
import kerf.training.MeanSquaredError;
import kerf.training.Step;
import kerf.training.Training;

/**
 * What a small digit network loses with its parameters: by magnitude, Optimal Brain Damage, Optimal
 * Brain Surgeon and chance, once cut without retraining, as figure 1 of LeCun, Denker and Solla
 * 1989, and once retrained after every fifth, as their figure 2.
 *
 * @param length how much of it is run
 * @param architecture what is trained
 * @param data what it is trained on
 * @param training how the dense network is trained; its seed is replaced by those of {@code seeds}
 * @param retraining how long is trained after each round of pruning, otherwise as before
 * @param rounds how many rounds of pruning a fifth of what is left, 1 or more
 * @param images how many training images the surgeon's Hessian is taken over
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record BrainDamage(
    Length length,
    Architecture architecture,
    Dataset data,
    Training training,
    Step retraining,
    int rounds,
    int images,
    List<Long> seeds,
    Path home) {

  /**
   * Checks the numbers.
   *
   * @param length how much of it is run
   * @param architecture what is trained
   * @param data what it is trained on
   * @param training how the dense network is trained
   * @param retraining how long is trained after each round of pruning
   * @param rounds how many rounds of pruning a fifth of what is left, 1 or more
   * @param images how many training images the surgeon's Hessian is taken over
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public BrainDamage {
    Argument.require("architecture", architecture);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("retraining", retraining);
    Argument.require("seeds", seeds);
    Argument.require("training", training);
    Plans.requireRounds(rounds);
    Plans.requireImages(images);
    seeds = Seeds.require(seeds);
    if (!training.hooks().isEmpty()) {
      throw new IllegalArgumentException(
          "a training with hooks has no identity to save results under, found %d; leave hooks out"
              .formatted(training.hooks().size()));
    }
  }

  /**
   * The experiment: a 64-30-10 perceptron of 2,260 parameters on the digits of UCI.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static BrainDamage of(Length length) {
    Argument.require("length", length);
    BrainDamage quick =
        new BrainDamage(
            length,
            usualArchitecture(),
            Datasets.digits(),
            usualTraining(),
            Step.epochs(40),
            10,
            300,
            List.of(1L, 2L, 3L),
            Folders.home());
    return switch (length) {
      case SMOKE ->
          quick
              .architecture(Mlp.of(64, 6, 10).activation(Activation.TANH).prunableBiases())
              .data(Datasets.digits().sample(200, 50, 100, 1))
              .training(usualTraining().batch(50).until(Step.epochs(10)))
              .retraining(Step.epochs(3))
              .rounds(2)
              .images(20)
              .seeds(1, 2);
      case QUICK -> quick;
      case STANDARD -> quick.images(1_000).rounds(12).seeds(1, 2, 3, 4, 5);
      case FULL ->
          quick.images(quick.data.train().size()).rounds(14).seeds(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    };
  }

  private static Architecture usualArchitecture() {
    return Mlp.of(64, 30, 10).activation(Activation.TANH).prunableBiases();
  }

  private static Training usualTraining() {
    return Training.defaults()
        .loss(new MeanSquaredError())
        .optimizer(new Adam(3e-3))
        .learningRate(new LearningRate.Cosine())
        .batch(65)
        .until(Step.epochs(200))
        .evaluateEvery(Step.epochs(20));
  }

  /**
   * Changes the architecture.
   *
   * @param other what to train, of at most 4,000 parameters, with inputs of the data's shape
   * @return such a plan
   */
  public BrainDamage architecture(Architecture other) {
    return new BrainDamage(length, other, data, training, retraining, rounds, images, seeds, home);
  }

  /**
   * Changes the data.
   *
   * @param other what to train on
   * @return such a plan
   */
  public BrainDamage data(Dataset other) {
    return new BrainDamage(
        length, architecture, other, training, retraining, rounds, images, seeds, home);
  }

  /**
   * Changes the training.
   *
   * @param other how the dense network is trained
   * @return such a plan
   */
  public BrainDamage training(Training other) {
    return new BrainDamage(
        length, architecture, data, other, retraining, rounds, images, seeds, home);
  }

  /**
   * Changes how long is trained after each round.
   *
   * @param each such as {@code epochs(40)}
   * @return such a plan
   */
  public BrainDamage retraining(Step each) {
    return new BrainDamage(length, architecture, data, training, each, rounds, images, seeds, home);
  }

  /**
   * Changes how far it goes. Rounds that are done already are kept.
   *
   * @param count rounds of pruning a fifth of what is left, 1 or more
   * @return such a plan
   */
  public BrainDamage rounds(int count) {
    return new BrainDamage(
        length, architecture, data, training, retraining, count, images, seeds, home);
  }

  /**
   * Changes how many images the surgeon's Hessian is taken over.
   *
   * @param count 1 to the number of training images
   * @return such a plan
   */
  public BrainDamage images(int count) {
    return new BrainDamage(
        length, architecture, data, training, retraining, rounds, count, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public BrainDamage seeds(long... each) {
    Argument.require("seeds", each);
    return new BrainDamage(
        length,
        architecture,
        data,
        training,
        retraining,
        rounds,
        images,
        Arrays.stream(each).boxed().toList(),
        home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public BrainDamage home(Path folder) {
    return new BrainDamage(
        length, architecture, data, training, retraining, rounds, images, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public Damages run() {
    return new Damages(this, new Study<>(new DamageWork(this)).run());
  }

  Identity identity() {
    Training usual = usualTraining();
    return new Identity("damage")
        .and("architecture", architecture.describe(), usualArchitecture().describe())
        .and("data", data.toString(), Datasets.digits().toString())
        .and("loss", training.loss(), usual.loss())
        .and("optimizer", training.optimizer(), usual.optimizer())
        .and("learningRate", training.learningRate(), usual.learningRate())
        .and("batch", training.batch(), usual.batch())
        .and("until", training.until(), usual.until())
        .and("retraining", retraining, Step.epochs(40))
        .and("images", images, 300)
        .and("damping", OptimalBrainSurgeon.plan().damping(), 1e-6);
  }

  @Override
  public String toString() {
    return "brain damage, %s: %s on %s, trained for %s and %s a round, %d rounds, seeds %s"
        .formatted(
            length, architecture.describe(), data, training.until(), retraining, rounds, seeds);
  }
}
