package kerf.experiment.fake;

import java.util.List;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;

/**
 * How long networks are trained, and how fast.
 *
 * @param epochs passes over the training images of the float network
 * @param rate the learning rate they begin with; a tenth of it from half of the passes on, a
 *     hundredth from three quarters on
 * @param extraEpochs passes more, with fake quantization or, for comparison, without
 * @param extraRate the learning rate they begin with
 * @param batch images a step
 * @param calibration training images that ranges are observed on, for quantization after training
 * @param course how the rate of the extra passes falls
 */
public record Protocol(
    int epochs,
    double rate,
    int extraEpochs,
    double extraRate,
    int batch,
    int calibration,
    LearningRate course) {
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;

  /** The article's for ResNets: 100 passes at batches of 32, a tenth of the rate every 30. */
  static final Protocol PUBLISHED =
      new Protocol(
          100,
          0.1,
          100,
          1e-5,
          32,
          512,
          new LearningRate.Drop(0.1, List.of(Step.epochs(30), Step.epochs(60), Step.epochs(90))));

  /**
   * Checks the numbers.
   *
   * @param epochs passes of the float network, 1 or more
   * @param rate the learning rate they begin with
   * @param extraEpochs passes more, 1 or more
   * @param extraRate the learning rate they begin with
   * @param batch images a step, 1 or more
   * @param calibration images that ranges are observed on, 1 or more
   * @param course how the rate of the extra passes falls
   */
  public Protocol {
    if (epochs < 1 || extraEpochs < 1) {
      throw new IllegalArgumentException(
          "epochs must be 1 or more passes over the training images, found %d, and %d extra"
              .formatted(epochs, extraEpochs));
    }
    if (calibration < 1) {
      throw new IllegalArgumentException(
          "calibration must be 1 or more images, found %d; write 512".formatted(calibration));
    }
  }

  /**
   * Extra passes whose rate falls along half a cosine, which suits few of them.
   *
   * @param epochs passes of the float network, 1 or more
   * @param rate the learning rate they begin with
   * @param extraEpochs passes more, 1 or more
   * @param extraRate the learning rate they begin with
   * @param batch images a step, 1 or more
   * @param calibration images that ranges are observed on, 1 or more
   */
  public Protocol(
      int epochs, double rate, int extraEpochs, double extraRate, int batch, int calibration) {
    this(epochs, rate, extraEpochs, extraRate, batch, calibration, new LearningRate.Cosine());
  }

  /** A training of a float network from scratch. */
  Training scratch() {
    return training(epochs, rate)
        .learningRate(
            new LearningRate.Drop(
                0.1, List.of(Step.epochs(epochs / 2.0), Step.epochs(epochs * 3 / 4.0))));
  }

  /** A training of a trained network, in floats or with fake quantization. */
  Training extra() {
    return training(extraEpochs, extraRate).learningRate(course);
  }

  /** Measured at the start and at the end: in between nothing is chosen. */
  private Training training(int passes, double fastest) {
    return Training.defaults()
        .optimizer(new Sgd(fastest).momentum(MOMENTUM).weightDecay(WEIGHT_DECAY))
        .batch(batch)
        .until(Step.epochs(passes))
        .evaluateEvery(Step.epochs(passes));
  }
}
