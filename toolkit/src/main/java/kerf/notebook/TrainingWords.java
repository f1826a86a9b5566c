package kerf.notebook;

import kerf.training.Adam;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;

/** Words for training. */
class TrainingWords extends ModelWords {
  TrainingWords() {}

  /**
   * A plan of training.
   *
   * @return the plan with every default filled in
   */
  public static Training training() {
    return Training.defaults();
  }

  /**
   * The Adam optimizer.
   *
   * @param rate the learning rate, above 0
   * @return the optimizer
   */
  public static Adam adam(double rate) {
    return new Adam(rate);
  }

  /**
   * Stochastic gradient descent.
   *
   * @param rate the learning rate, above 0
   * @return the optimizer
   */
  public static Sgd sgd(double rate) {
    return new Sgd(rate);
  }

  /**
   * A learning rate that falls along half a cosine.
   *
   * @return the course
   */
  public static LearningRate cosine() {
    return new LearningRate.Cosine();
  }

  /**
   * So many optimizer steps.
   *
   * @param count 0 or more
   * @return the step
   */
  public static Step iterations(int count) {
    return Step.iterations(count);
  }

  /**
   * So many passes over the training images.
   *
   * @param count 0 or more
   * @return the step
   */
  public static Step epochs(double count) {
    return Step.epochs(count);
  }
}
