package kerf.experiment.damage;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Study;
import kerf.model.Activation;
import kerf.model.Mlp;
import kerf.training.Adam;
import kerf.training.LearningRate;
import kerf.training.MeanSquaredError;
import kerf.training.Step;
import kerf.training.Training;

/**
 * Which weight of a network that has learned XOR does each method delete first, and does the rest
 * still know XOR? Hassibi and Stork 1992, section 4.
 *
 * @param length how much of it is run
 * @param nets how many networks are trained, with seeds 1, 2, 3 ...; 1 or more
 * @param training how each is trained; its seed is replaced
 * @param home the folder under which results are kept
 */
public record XorSurgery(Length length, int nets, Training training, Path home) {
  /**
   * The 2-2-1 network of the paper, its three biases deletable as any weight: nine in all. The
   * output is linear, 0 and 1 its targets.
   */
  static final Mlp NET = Mlp.of(2, 2, 1).activation(Activation.TANH).prunableBiases();

  /** How many weights of a network are deleted, one after another. */
  static final int DELETIONS = 4;

  /**
   * Checks the number of networks.
   *
   * @param length how much of it is run
   * @param nets how many networks are trained
   * @param training how each is trained
   * @param home the folder under which results are kept
   */
  public XorSurgery {
    Argument.require("home", home);
    Argument.require("training", training);
    if (nets < 1) {
      throw new IllegalArgumentException("nets must be 1 or more, found " + nets);
    }
  }

  /**
   * The experiment.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static XorSurgery of(Length length) {
    Argument.require("length", length);
    int nets =
        switch (length) {
          case SMOKE -> 3;
          case QUICK -> 40;
          case STANDARD -> 200;
          case FULL -> 1_000;
        };
    return new XorSurgery(length, nets, usual(), Folders.home());
  }

  private static Training usual() {
    return Training.defaults()
        .loss(new MeanSquaredError())
        .optimizer(new Adam(0.03))
        .learningRate(new LearningRate.Cosine())
        .batch(4)
        .until(Step.iterations(2_000))
        .evaluateEvery(Step.iterations(2_000));
  }

  /**
   * Changes how many networks are trained. Those that are done already are kept.
   *
   * @param count 1 or more
   * @return such a plan
   */
  public XorSurgery nets(int count) {
    return new XorSurgery(length, count, training, home);
  }

  /**
   * Changes the training.
   *
   * @param other how each network is trained
   * @return such a plan
   */
  public XorSurgery training(Training other) {
    return new XorSurgery(length, nets, other, home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public XorSurgery home(Path folder) {
    return new XorSurgery(length, nets, training, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public XorDeletions run() {
    return new XorDeletions(this, new Study<>(new XorWork(this)).run());
  }

  Identity identity() {
    Training usual = usual();
    return new Identity("xor")
        .and("loss", training.loss(), usual.loss())
        .and("optimizer", training.optimizer(), usual.optimizer())
        .and("learningRate", training.learningRate(), usual.learningRate())
        .and("until", training.until(), usual.until());
  }

  @Override
  public String toString() {
    return "XOR surgery, %s: %d networks %s, each trained for %s, then up to %d weights deleted"
        .formatted(length, nets, NET.describe(), training.until(), DELETIONS);
  }
}
