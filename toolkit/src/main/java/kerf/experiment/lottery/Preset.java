package kerf.experiment.lottery;

import java.util.List;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Normalization;
import kerf.granularity.Scope;
import kerf.model.Architecture;
import kerf.model.Initialization;
import kerf.model.Lenet300100;
import kerf.pruning.Pruning;
import kerf.training.Adam;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Training;

/** The settings of the lottery experiment on MNIST; its three sources disagree. */
public enum Preset {
  /** Frankle and Carbin 2019, figure 2, column Lenet. */
  PAPER,
  /** The code that google-research/lottery-ticket-hypothesis calls {@code mnist_fc}. */
  GOOGLE_REPO,
  /** {@code mnist_lenet_300_100} of facebookresearch/open_lth. */
  OPEN_LTH;

  Architecture architecture() {
    return this == OPEN_LTH
        ? new Lenet300100(new Initialization.KaimingNormal())
        : new Lenet300100();
  }

  Dataset data() {
    Dataset mnist = Datasets.mnist();
    return switch (this) {
      case PAPER -> mnist;
      case GOOGLE_REPO -> mnist.normalization(Normalization.unitLength());
      case OPEN_LTH -> mnist.normalization(Normalization.standardized(0.1307, 0.3081));
    };
  }

  Training training() {
    Training plan =
        Training.defaults().evaluateEvery(Step.iterations(100)).until(Step.iterations(50_000));
    return switch (this) {
      case PAPER -> plan.optimizer(new Adam(1.2e-3)).batch(60);
      case GOOGLE_REPO -> plan.optimizer(new Sgd(0.1)).batch(64);
      case OPEN_LTH -> plan.optimizer(new Sgd(0.1)).batch(128).until(Step.epochs(40));
    };
  }

  Pruning pruning() {
    Pruning fifth = Pruning.plan().amount(0.2);
    return this == OPEN_LTH
        ? fifth.scope(Scope.GLOBAL).keep("fc3")
        : fifth.scope(Scope.LAYERWISE).amount("fc3", 0.1);
  }

  /**
   * Lists where the preset differs from the article.
   *
   * @return a sentence each; what a length changes is said by the study
   */
  List<String> differences() {
    String order = "images that do not fill a last batch are left out of a pass";
    return switch (this) {
      case PAPER -> List.of("Gaussian Glorot weights are not truncated", order);
      case GOOGLE_REPO ->
          List.of(
              "optimizer SGD 0.1, the article Adam 1.2e-3",
              "batch 64, the article 60",
              "each image scaled to length 1",
              order);
      case OPEN_LTH ->
          List.of(
              "optimizer SGD 0.1, the article Adam 1.2e-3",
              "batch 128 and 40 epochs, the article 60 and 50,000 iterations",
              "weights from He et al. 2015, the article Glorot",
              "images standardized",
              "one global ranking without the output layer, the article prunes layer by layer",
              "biases start at 0; the repository leaves PyTorch's uniform ones",
              order);
    };
  }

  @Override
  public String toString() {
    return switch (this) {
      case PAPER -> "paper";
      case GOOGLE_REPO -> "googleRepo";
      case OPEN_LTH -> "openLth";
    };
  }
}
