package kerf.notebook;

import kerf.data.Samples;
import kerf.model.Network;
import kerf.training.Evaluator;

/** Words for what is measured of a network. */
class MeasureWords extends PruningWords {
  MeasureWords() {}

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
}
