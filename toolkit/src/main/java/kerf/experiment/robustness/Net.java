package kerf.experiment.robustness;

import java.util.List;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.experiment.Plans;
import kerf.model.Architecture;
import kerf.model.SparseCnn;
import kerf.model.SparseCnn.Layer;
import kerf.training.Sgd;

/**
 * The networks of the experiment: those of the article with its settings, and the arms of an
 * ablation in which one thing differs at a time.
 */
public enum Net {
  /** The article's DenseCNN-1. */
  DENSE_CNN_1(
      "DenseCNN-1",
      SparseCnn.denseCnn1(),
      Weights.DENSE,
      new Settings(momentum(0.9), 64, 15),
      new Published(0.9914, 74_569, 3_200)),
  /** The article's DenseCNN-2. */
  DENSE_CNN_2(
      "DenseCNN-2",
      SparseCnn.denseCnn2(),
      Weights.DENSE,
      new Settings(momentum(0.9), 64, 15),
      new Published(0.9931, 97_040, 2_853)),
  /** The article's SparseCNN-1. */
  SPARSE_CNN_1(
      "SparseCNN-1",
      SparseCnn.sparseCnn1(),
      Weights.SPARSE,
      new Settings(new Sgd(0.01), 4, 15),
      new Published(0.9841, 100_306, 1_735)),
  /** The article's SparseCNN-2. */
  SPARSE_CNN_2(
      "SparseCNN-2",
      SparseCnn.sparseCnn2(),
      Weights.SPARSE,
      new Settings(new Sgd(0.02), 4, 10),
      new Published(0.9909, 103_764, 1_125)),

  /** ReLU and dense weights in the layers of SparseCNN-1. */
  DENSE("dense", SparseCnn.sparseCnn1().relu(), Weights.DENSE, Settings.ABLATION, null),
  /** Of these only the hidden layer's weights sparse, at random and from the start. */
  SPARSE_WEIGHTS(
      "sparse weights", SparseCnn.sparseCnn1().relu(), Weights.SPARSE, Settings.ABLATION, null),
  /** Of these only the activations sparse. */
  SPARSE_ACTIVATIONS(
      "sparse activations", SparseCnn.sparseCnn1(), Weights.DENSE, Settings.ABLATION, null),
  /** Of these both. */
  BOTH_SPARSE("both sparse", SparseCnn.sparseCnn1(), Weights.SPARSE, Settings.ABLATION, null),
  /** The dense one, trained, with the smallest weights pruned and the others trained on. */
  PRUNED("pruned dense", SparseCnn.sparseCnn1().relu(), Weights.PRUNED, Settings.ABLATION, null),

  /** The article's DenseCNN-2 SP3: dense convolutions, a sparse hidden layer. */
  DENSE_CNN_2_SP3(
      "DenseCNN-2 SP3",
      new SparseCnn(List.of(Layer.relu(30), Layer.relu(30)), new Layer(700, 100)),
      Weights.SPARSE,
      new Settings(momentum(0.5), 4, 10),
      new Published(0.9913, 100_318, Double.NaN)),
  /** The article's SparseCNN-2 D3: k-winners in the convolutions, a dense hidden layer. */
  SPARSE_CNN_2_D3(
      "SparseCNN-2 D3",
      new SparseCnn(SparseCnn.sparseCnn2().convolutions(), Layer.relu(1_000)),
      Weights.DENSE,
      new Settings(momentum(0.9), 64, 10),
      new Published(0.9889, 102_328, Double.NaN)),
  /** The article's SparseCNN-2 W1: k-winners throughout, dense weights. */
  SPARSE_CNN_2_W1(
      "SparseCNN-2 W1",
      SparseCnn.sparseCnn2(),
      Weights.DENSE,
      new Settings(momentum(0.9), 64, 10),
      new Published(0.9820, 100_322, Double.NaN)),
  /**
   * The article's SparseCNN-2 DSW, as its published settings have it: D3 with sparse weights in the
   * hidden layer, and the first pass in batches of 4.
   */
  SPARSE_CNN_2_DSW(
      "SparseCNN-2 DSW",
      new SparseCnn(SparseCnn.sparseCnn2().convolutions(), Layer.relu(1_000)),
      Weights.SPARSE,
      new Settings(momentum(0.9), 4, 10),
      new Published(0.9892, 70_566, Double.NaN));

  /** The four networks that the article is about. */
  static final List<Net> MAIN = List.of(DENSE_CNN_1, DENSE_CNN_2, SPARSE_CNN_1, SPARSE_CNN_2);

  /** The arms in which one thing differs at a time. */
  static final List<Net> ABLATION =
      List.of(DENSE, SPARSE_WEIGHTS, SPARSE_ACTIVATIONS, BOTH_SPARSE, PRUNED);

  /** The article's own mixtures. */
  static final List<Net> MIXED =
      List.of(DENSE_CNN_2_SP3, SPARSE_CNN_2_D3, SPARSE_CNN_2_W1, SPARSE_CNN_2_DSW);

  /** What becomes of the hidden layer's weights; those of convolutions and outputs stay dense. */
  enum Weights {
    /** All are there. */
    DENSE,
    /** A random 30 % are there, the same from the start to the end. */
    SPARSE,
    /** The largest 30 % are there, chosen after training. */
    PRUNED
  }

  /**
   * How a network is trained.
   *
   * @param optimizer its learning rate is multiplied by 0.8 after each pass
   * @param firstBatch images a step in the first pass; 64 afterwards
   * @param epochs passes over the data
   */
  record Settings(Sgd optimizer, int firstBatch, int epochs) {
    static final Settings ABLATION = new Settings(momentum(0.9), 64, 15);
  }

  private final String words;
  private final SparseCnn architecture;
  private final Weights weights;
  private final Settings settings;
  private final Published published;

  Net(
      String words,
      SparseCnn architecture,
      Weights weights,
      Settings settings,
      Published published) {
    this.words = words;
    this.architecture = architecture;
    this.weights = weights;
    this.settings = settings;
    this.published = published;
  }

  private static Sgd momentum(double factor) {
    return new Sgd(0.01).momentum(factor);
  }

  /**
   * Finds a network.
   *
   * @param name as figures and tables name it
   * @return the network
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Net named(String name) {
    Argument.require("name", name);
    return Plans.named("net", values(), name);
  }

  /**
   * Gives the layers.
   *
   * @return the architecture
   */
  public Architecture architecture() {
    return architecture;
  }

  Weights weights() {
    return weights;
  }

  Settings settings() {
    return settings;
  }

  Optional<Published> published() {
    return Optional.ofNullable(published);
  }

  /** As figures and tables name it. */
  @Override
  public String toString() {
    return words;
  }
}
