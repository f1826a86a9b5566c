package kerf.notebook;

import kerf.argument.Argument;
import kerf.calibration.Calibrators;
import kerf.calibration.FormatComparison;
import kerf.experiment.Length;
import kerf.experiment.calibration.Calibration;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.picture.LayerHistograms;
import kerf.trace.Graph;

/** Words that compare calibrators. */
class CalibrationWords extends ExportWords {
  CalibrationWords() {}

  /**
   * Compares calibrators on the same numbers.
   *
   * @param observers such as {@code minMax(), kl()}; none for all there are
   * @return the plan; then {@code .compare(network, "relu1", images)} for one layer, or {@code
   *     .accuracies(network, images, mnist().test())} for the whole network
   */
  public static Calibrators calibrators(Observer... observers) {
    Argument.require("observers", observers);
    Calibrators all = Calibrators.standard();
    return observers.length == 0 ? all : all.observers(observers);
  }

  /**
   * Rounds numbers to floats of 16 bits and to integers from 8 bits down.
   *
   * @param values such as {@code network.weights("conv1")}
   * @return what each format leaves of them; shows itself
   */
  public static FormatComparison formats(float... values) {
    Argument.require("values", values);
    return FormatComparison.of(values);
  }

  /**
   * How the weights of each layer are distributed.
   *
   * @param network any network
   * @return a histogram a layer; they show themselves
   */
  public static LayerHistograms layerHistograms(Network network) {
    Argument.require("network", network);
    return new LayerHistograms(network);
  }

  /**
   * What a network computes, operator by operator.
   *
   * @param network any network; of a quantized one, the rounding of activations is among them
   * @return its graph; shows itself
   */
  public static Graph graph(Network network) {
    Argument.require("network", network);
    return Graph.of(network);
  }

  /**
   * The experiment on calibrators, at the length asked for by whoever started the kernel (quick
   * unless told otherwise).
   *
   * @return the plan
   */
  public static Calibration calibration() {
    return Calibration.of(Length.asked());
  }

  /**
   * The experiment on calibrators.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Calibration calibration(Length length) {
    Argument.require("length", length);
    return Calibration.of(length);
  }
}
