package kerf.notebook;

import kerf.calibration.Calibrators;
import kerf.experiment.Length;
import kerf.experiment.calibration.Calibration;
import kerf.observer.Observer;

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
    Calibrators all = Calibrators.standard();
    return observers.length == 0 ? all : all.observers(observers);
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
    return Calibration.of(length);
  }
}
