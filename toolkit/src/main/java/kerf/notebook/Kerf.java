package kerf.notebook;

import ai.djl.nn.Block;
import kerf.criterion.Criterion;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.experiment.Arm;
import kerf.experiment.Length;
import kerf.experiment.Lottery;
import kerf.experiment.Preset;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.plot.LinePlot;
import kerf.plot.Plot;
import kerf.pruning.Pruning;
import kerf.training.Adam;
import kerf.training.Evaluator;
import kerf.training.LearningRate;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;
import tech.tablesaw.api.Table;

/**
 * The words of a notebook: {@code import static kerf.notebook.Kerf.*;} is the only import it needs.
 *
 * <p>Every word is one line to the room that does the work.
 */
public final class Kerf {
  /** Each layer is ranked by itself. */
  public static final Scope LAYERWISE = Scope.LAYERWISE;

  /** All layers are ranked together. */
  public static final Scope GLOBAL = Scope.GLOBAL;

  static {
    // IJava has no extensions: the first word of a notebook installs what shows our values.
    Renderers.install();
  }

  private Kerf() {}

  /**
   * MNIST: 55,000 training, 5,000 validation and 10,000 test images of 28x28.
   *
   * @return the dataset
   */
  public static Dataset mnist() {
    return Datasets.mnist();
  }

  /**
   * Fashion-MNIST, of the same shape as MNIST.
   *
   * @return the dataset
   */
  public static Dataset fashionMnist() {
    return Datasets.fashionMnist();
  }

  /**
   * UCI's optical digits of 8x8.
   *
   * @return the dataset
   */
  public static Dataset digits() {
    return Datasets.digits();
  }

  /**
   * LeNet-300-100.
   *
   * @return the architecture
   */
  public static Lenet300100 lenet300100() {
    return new Lenet300100();
  }

  /**
   * LeNet-5.
   *
   * @return the architecture
   */
  public static Lenet5 lenet5() {
    return new Lenet5();
  }

  /**
   * A DJL block of your own as a network.
   *
   * @param block any block with weights
   * @param inputShape of one input without the batch, such as {@code 1, 28, 28}
   * @return a dense network
   */
  public static Network network(Block block, long... inputShape) {
    return Network.of(block, inputShape);
  }

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

  /**
   * A plan of pruning.
   *
   * @return the plan with every default filled in
   */
  public static Pruning pruning() {
    return Pruning.plan();
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
   * Chance as a weight's importance, the control.
   *
   * @param seed any number
   * @return the criterion
   */
  public static Criterion random(long seed) {
    return Criterion.random(seed);
  }

  /**
   * Single weights, each by itself.
   *
   * @return the granularity
   */
  public static Granularity weights() {
    return Granularity.weights();
  }

  /**
   * The lottery-ticket experiment with the article's settings, at the length asked for by whoever
   * started the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static Lottery lottery() {
    return Lottery.of(Preset.PAPER, Length.asked());
  }

  /**
   * The lottery-ticket experiment.
   *
   * @param preset whose settings: {@code paper()}, {@code googleRepo()} or {@code openLth()}
   * @param length how much of it to run
   * @return the plan
   */
  public static Lottery lottery(Preset preset, Length length) {
    return Lottery.of(preset, length);
  }

  /**
   * The article's settings of the lottery experiment.
   *
   * @return the preset
   */
  public static Preset paper() {
    return Preset.PAPER;
  }

  /**
   * The settings of Google's repository.
   *
   * @return the preset
   */
  public static Preset googleRepo() {
    return Preset.GOOGLE_REPO;
  }

  /**
   * The settings of open_lth.
   *
   * @return the preset
   */
  public static Preset openLth() {
    return Preset.OPEN_LTH;
  }

  /**
   * Seconds: shows that everything works.
   *
   * @return the length
   */
  public static Length smoke() {
    return Length.SMOKE;
  }

  /**
   * Minutes on two cores.
   *
   * @return the length
   */
  public static Length quick() {
    return Length.QUICK;
  }

  /**
   * Under an hour on two cores.
   *
   * @return the length
   */
  public static Length standard() {
    return Length.STANDARD;
  }

  /**
   * The protocol as published.
   *
   * @return the length
   */
  public static Length full() {
    return Length.FULL;
  }

  /**
   * The control with the ticket's mask and fresh weights.
   *
   * @return the arm
   */
  public static Arm reinitialized() {
    return Arm.REINITIALIZED;
  }

  /**
   * The control with the ticket's weights and a shuffled mask.
   *
   * @return the arm
   */
  public static Arm randomMask() {
    return Arm.RANDOM_MASK;
  }

  /**
   * The control that prunes once.
   *
   * @return the arm
   */
  public static Arm oneShot() {
    return Arm.ONE_SHOT;
  }

  /**
   * Measures the accuracy of a network.
   *
   * @param network a classifier
   * @param samples such as {@code mnist().test()}
   * @return the fraction classified rightly
   */
  public static double accuracy(Network network, Samples samples) {
    return Evaluator.measure(network, samples).accuracy();
  }

  /**
   * A line chart of a table.
   *
   * @param table the data
   * @return the plot; name its columns with {@code x} and {@code y}
   */
  public static LinePlot line(Table table) {
    return Plot.line(table);
  }
}
