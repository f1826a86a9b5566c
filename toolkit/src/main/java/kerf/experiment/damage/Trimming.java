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
import kerf.model.Architecture;
import kerf.model.Mlp;
import kerf.training.Adam;
import kerf.training.Step;
import kerf.training.Training;

/**
 * Network trimming: round by round, the hidden units that are silent more often than a standard
 * deviation above their layer's mean are removed, and the small network trains on from the weights
 * that survive. Beside it as many units by mean activation and by chance, and the same small
 * networks from fresh weights. H. Hu et al. 2016, section 3 and their ablation.
 *
 * @param length how much of it is run
 * @param architecture what is trained: a network with ReLU behind {@code fc1}
 * @param data what it is trained on; silence is measured on its validation images
 * @param training how the first network is trained, and each fresh one; its seed is replaced
 * @param retraining how long a trimmed network trains on
 * @param rounds how many rounds of trimming, 1 or more
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record Trimming(
    Length length,
    Architecture architecture,
    Dataset data,
    Training training,
    Step retraining,
    int rounds,
    List<Long> seeds,
    Path home) {

  /**
   * Checks the numbers.
   *
   * @param length how much of it is run
   * @param architecture what is trained
   * @param data what it is trained on
   * @param training how the first network is trained, and each fresh one
   * @param retraining how long a trimmed network trains on
   * @param rounds how many rounds of trimming, 1 or more
   * @param seeds one repetition each, 1 or more
   * @param home the folder under which results are kept
   */
  public Trimming {
    Argument.require("architecture", architecture);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("retraining", retraining);
    Argument.require("seeds", seeds);
    Argument.require("training", training);
    Plans.requireRounds(rounds);
    seeds = Seeds.require(seeds);
  }

  /**
   * The experiment: a perceptron with 100 hidden units on the digits of UCI.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Trimming of(Length length) {
    Argument.require("length", length);
    Trimming quick =
        new Trimming(
            length,
            Mlp.of(64, 100, 10),
            Datasets.digits(),
            usualTraining(),
            Step.epochs(20),
            9,
            List.of(1L, 2L, 3L, 4L, 5L),
            Folders.home());
    return switch (length) {
      case SMOKE ->
          quick
              .training(usualTraining().until(Step.epochs(2)))
              .retraining(Step.epochs(1))
              .rounds(2)
              .seeds(1, 2);
      case QUICK -> quick;
      case STANDARD -> quick.seeds(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      case FULL -> quick.seeds(java.util.stream.LongStream.rangeClosed(1, 30).toArray());
    };
  }

  private static Training usualTraining() {
    return Training.defaults()
        .optimizer(new Adam(1e-3))
        .batch(64)
        .until(Step.epochs(100))
        .evaluateEvery(Step.epochs(100));
  }

  /**
   * Changes the architecture.
   *
   * @param other what to train: a network with ReLU behind {@code fc1}
   * @return such a plan
   */
  public Trimming architecture(Architecture other) {
    return new Trimming(length, other, data, training, retraining, rounds, seeds, home);
  }

  /**
   * Changes the data.
   *
   * @param other what to train on
   * @return such a plan
   */
  public Trimming data(Dataset other) {
    return new Trimming(length, architecture, other, training, retraining, rounds, seeds, home);
  }

  /**
   * Changes the training.
   *
   * @param other how the first network is trained, and each fresh one
   * @return such a plan
   */
  public Trimming training(Training other) {
    return new Trimming(length, architecture, data, other, retraining, rounds, seeds, home);
  }

  /**
   * Changes how long a trimmed network trains on.
   *
   * @param each such as {@code epochs(20)}
   * @return such a plan
   */
  public Trimming retraining(Step each) {
    return new Trimming(length, architecture, data, training, each, rounds, seeds, home);
  }

  /**
   * Changes how far it goes.
   *
   * @param count rounds of trimming, 1 or more
   * @return such a plan
   */
  public Trimming rounds(int count) {
    return new Trimming(length, architecture, data, training, retraining, count, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Trimming seeds(long... each) {
    Argument.require("seeds", each);
    return new Trimming(
        length,
        architecture,
        data,
        training,
        retraining,
        rounds,
        Arrays.stream(each).boxed().toList(),
        home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Trimming home(Path folder) {
    return new Trimming(length, architecture, data, training, retraining, rounds, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public Trims run() {
    return new Trims(this, new Study<>(new TrimmingWork(this)).run());
  }

  Identity identity() {
    Training usual = usualTraining();
    return new Identity("trimming")
        .and("architecture", architecture.describe(), Mlp.of(64, 100, 10).describe())
        .and("data", data.toString(), Datasets.digits().toString())
        .and("loss", training.loss(), usual.loss())
        .and("optimizer", training.optimizer(), usual.optimizer())
        .and("learningRate", training.learningRate(), usual.learningRate())
        .and("batch", training.batch(), usual.batch())
        .and("until", training.until(), usual.until())
        .and("retraining", retraining, Step.epochs(20))
        .and("rounds", rounds, 9);
  }

  @Override
  public String toString() {
    return "trimming, %s: %s on %s, trained for %s and %s a round, %d rounds, seeds %s"
        .formatted(
            length, architecture.describe(), data, training.until(), retraining, rounds, seeds);
  }
}
