package kerf.notebook;

import kerf.argument.Argument;
import kerf.criterion.ActivationTaylor;
import kerf.criterion.Apoz;
import kerf.criterion.BatchNormScale;
import kerf.criterion.Criterion;
import kerf.criterion.Grasp;
import kerf.criterion.InitialMagnitude;
import kerf.criterion.Lamp;
import kerf.criterion.MagnitudeIncrease;
import kerf.criterion.MeanActivation;
import kerf.criterion.Movement;
import kerf.criterion.OptimalBrainDamage;
import kerf.criterion.Snip;
import kerf.criterion.SynFlow;
import kerf.criterion.Taylor;
import kerf.granularity.Norm;

/** Words for what makes a weight important. */
class CriterionWords extends TrainingWords {
  CriterionWords() {}

  /**
   * By how much the loss would rise without a weight, to second order: Optimal Brain Damage. Needs
   * data; {@code .loss(meanSquaredError())} if the network was trained so.
   *
   * @return the criterion
   */
  public static OptimalBrainDamage obd() {
    return new OptimalBrainDamage();
  }

  /**
   * The magnitude of a weight as its importance.
   *
   * @return the criterion
   */
  public static Criterion magnitude() {
    return Criterion.magnitude();
  }

  /**
   * The magnitude of a weight as its importance; of groups, by a norm such as {@code l2()}.
   *
   * @param norm how the magnitudes of a group are put into one
   * @return the criterion
   */
  public static Criterion magnitude(Norm norm) {
    Argument.require("norm", norm);
    return Criterion.magnitude(norm);
  }

  /**
   * The Euclidean length.
   *
   * @return the norm
   */
  public static Norm l2() {
    return Norm.L2;
  }

  /**
   * A norm of any order, such as 0.5 or {@code Double.POSITIVE_INFINITY}.
   *
   * @param order the order: positive, or minus infinity
   * @return the norm
   */
  public static Norm lp(double order) {
    return new Norm(order);
  }

  /**
   * Chance as a weight's importance, the control.
   *
   * @param seed any number
   * @return the criterion
   */
  public static Criterion random(long seed) {
    return Criterion.random(seed);
  }

  /**
   * The square of gradient times weight, what the loss would lose to first order; needs data. Of
   * groups, the square of the sum.
   *
   * @return the criterion
   */
  public static Taylor taylor() {
    return new Taylor(Taylor.Joint.SQUARE_OF_SUM);
  }

  /**
   * The square of gradient times weight; needs data.
   *
   * @param joint the square of the sum over a group, or the sum of squares
   * @return the criterion
   */
  public static Taylor taylor(Taylor.Joint joint) {
    Argument.require("joint", joint);
    return new Taylor(joint);
  }

  /**
   * Connection sensitivity, for a network that is not trained yet; needs data.
   *
   * @return the criterion
   */
  public static Snip snip() {
    return new Snip();
  }

  /**
   * What a weight does for the flow of gradients, for a network that is not trained yet; needs
   * data.
   *
   * @return the criterion
   */
  public static Criterion grasp() {
    return new Grasp(200);
  }

  /**
   * The share of a network's flow that goes through a weight, for a network that is not trained
   * yet; needs no data, but many small rounds.
   *
   * @return the criterion
   */
  public static Criterion synflow() {
    return new SynFlow();
  }

  /**
   * How far a weight has moved away from 0 in training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion movement() {
    return new Movement();
  }

  /**
   * The magnitude of a weight before training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion initialMagnitude() {
    return new InitialMagnitude();
  }

  /**
   * The growth of a weight's magnitude in training; needs the initial network.
   *
   * @return the criterion
   */
  public static Criterion magnitudeIncrease() {
    return new MagnitudeIncrease();
  }

  /**
   * The magnitude of a weight made comparable between layers, for a global scope.
   *
   * @return the criterion
   */
  public static Criterion lamp() {
    return new Lamp();
  }

  /**
   * How often a channel is not 0 after ReLU; for filters and rows, needs data. With the goal {@code
   * belowMean(1)} the rule of the paper.
   *
   * @return the criterion
   */
  public static Criterion apoz() {
    return new Apoz();
  }

  /**
   * The mean output of a channel; for filters and rows, needs data.
   *
   * @return the criterion
   */
  public static Criterion meanActivation() {
    return new MeanActivation();
  }

  /**
   * What the loss would lose, to first order, with a channel's output; for filters and rows, needs
   * data.
   *
   * @return the criterion
   */
  public static Criterion activationTaylor() {
    return new ActivationTaylor();
  }

  /**
   * The magnitude of a channel's scale in the batch normalization after it; for filters.
   *
   * @return the criterion
   */
  public static Criterion batchNormScale() {
    return new BatchNormScale();
  }
}
