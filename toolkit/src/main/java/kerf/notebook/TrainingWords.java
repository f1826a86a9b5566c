package kerf.notebook;

import java.util.List;
import kerf.argument.Argument;
import kerf.granularity.Granularity;
import kerf.model.Network;
import kerf.training.Adam;
import kerf.training.CrossEntropy;
import kerf.training.Distillation;
import kerf.training.GroupLasso;
import kerf.training.LearningRate;
import kerf.training.Loss;
import kerf.training.LossExpression;
import kerf.training.MeanSquaredError;
import kerf.training.NextCharacter;
import kerf.training.OwnLoss;
import kerf.training.Penalty;
import kerf.training.ScaleL1;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;
import kerf.training.WeightL1;

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
   * The cross entropy of the softmax of the outputs, the usual loss of a classifier.
   *
   * @return the loss
   */
  public static Loss crossEntropy() {
    return new CrossEntropy();
  }

  /**
   * The mean squared difference between outputs and one-hot labels.
   *
   * @return the loss
   */
  public static Loss meanSquaredError() {
    return new MeanSquaredError();
  }

  /**
   * A loss of your own, as an expression over DJL arrays: {@code loss("brier", (outputs, labels) ->
   * outputs.softmax(1).sub(labels.oneHot(10)).square().mean())}.
   *
   * @param name by which tables, logs and saved runs know it
   * @param expression the mean loss of a batch, which the engine differentiates
   * @return the loss
   */
  public static Loss loss(String name, LossExpression expression) {
    return new OwnLoss(name, expression);
  }

  /**
   * Knowledge distillation: the loss of a student that learns from a teacher's outputs besides the
   * labels, for training, fine-tuning and {@code qat().training(...)}.
   *
   * @param teacher a trained classifier of the student's inputs and classes
   * @return the loss, at temperature 4 and a weight of 0.9
   */
  public static Distillation distill(Network teacher) {
    Argument.require("teacher", teacher);
    return Distillation.of(teacher);
  }

  /**
   * The sum of the weights' magnitudes as a penalty.
   *
   * @param strength its factor, above 0
   * @return the penalty
   */
  public static WeightL1 l1(double strength) {
    return new WeightL1(strength, List.of());
  }

  /**
   * The sum of the lengths of groups of weights as a penalty, which empties whole groups.
   *
   * @param strength its factor, above 0
   * @param granularity which weights form a group
   * @return the penalty
   */
  public static GroupLasso groupLasso(double strength, Granularity granularity) {
    Argument.require("granularity", granularity);
    return new GroupLasso(strength, granularity, List.of());
  }

  /**
   * The sum of the magnitudes of batch-normalization scales as a penalty: network slimming.
   *
   * @param strength its factor, above 0
   * @return the penalty
   */
  public static Penalty batchNormScaleL1(double strength) {
    return new ScaleL1(strength);
  }

  /**
   * The cross entropy of the next character at every step of a sequence.
   *
   * @return the loss, for {@code charLstm(128)}
   */
  public static Loss nextCharacter() {
    return new NextCharacter();
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
