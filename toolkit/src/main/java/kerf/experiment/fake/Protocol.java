package kerf.experiment.fake;

import java.util.List;
import kerf.experiment.StepwiseSgd;
import kerf.training.LearningRate;
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
 * @param clip the greatest norm of the gradients of the extra passes; infinite for any. At 2 and 3
 *     bits a filter may have only zeros, normalization divides by a variance of nearly none, and a
 *     single step throws the filter, and with it the scale of all the others, out of range
 */
public record Protocol(
    int epochs,
    double rate,
    int extraEpochs,
    double extraRate,
    int batch,
    int calibration,
    LearningRate course,
    double clip) {
  /** The article's for ResNets: 100 passes at batches of 32, a tenth of the rate every 30. */
  static final Protocol PUBLISHED =
      new Protocol(
          100,
          0.1,
          100,
          1e-5,
          32,
          512,
          new LearningRate.Drop(0.1, List.of(Step.epochs(30), Step.epochs(60), Step.epochs(90))),
          Double.POSITIVE_INFINITY);

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
   * @param clip the greatest norm of the gradients of the extra passes, above 0
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
   * Extra passes whose rate falls along half a cosine, which suits few of them, and whose gradients
   * have at most the norm 1.
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
    this(epochs, rate, extraEpochs, extraRate, batch, calibration, new LearningRate.Cosine(), 1);
  }

  /** A training of a float network from scratch. */
  Training scratch() {
    return StepwiseSgd.falling(epochs, rate, batch);
  }

  /** A training of a trained network, in floats or with fake quantization. */
  Training extra() {
    Training training = StepwiseSgd.constant(extraEpochs, extraRate, batch).learningRate(course);
    return Double.isFinite(clip)
        ? training.optimizer(training.optimizer().clipNorm(clip))
        : training;
  }
}
