package kerf.experiment;

import java.util.List;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;

/**
 * The training that the literature on CIFAR has: gradient descent with momentum 0.9 and weight
 * decay 1e-4, in the end a tenth and a hundredth of the learning rate. He et al., "Deep Residual
 * Learning for Image Recognition", 2016, section 4.2.
 */
public final class StepwiseSgd {
  private StepwiseSgd() {}

  /**
   * A training whose rate falls to a tenth at half of its passes, and to a hundredth at three
   * quarters.
   *
   * @param passes over the training images
   * @param rate the learning rate it begins with
   * @param batch images a step
   * @return the training, measured at the start and at the end: in between nothing is chosen
   */
  public static Training falling(double passes, double rate, int batch) {
    return constant(passes, rate, batch)
        .learningRate(
            new LearningRate.Drop(
                0.1, List.of(Step.epochs(passes / 2), Step.epochs(passes * 3 / 4))));
  }

  /**
   * A training of one rate.
   *
   * @param passes over the training images
   * @param rate the learning rate
   * @param batch images a step
   * @return the training, measured at the start and at the end
   */
  public static Training constant(double passes, double rate, int batch) {
    return Training.defaults()
        .optimizer(new Sgd(rate).momentum(0.9).weightDecay(1e-4))
        .batch(batch)
        .until(Step.epochs(passes))
        .evaluateEvery(Step.epochs(passes));
  }
}
