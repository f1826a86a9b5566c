package kerf.experiment.calibration;

import kerf.observer.Observer;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * What a calibrator loses by width; null where the run has no such width.
 *
 * @param calibrator which
 * @param bits8 the accuracy lost at 8 bits
 * @param bits7 at 7
 * @param bits6 at 6
 * @param bits5 at 5
 * @param bits4 at 4
 * @param bits3 at 3
 * @param bits2 at 2
 */
record Summary(
    String calibrator,
    @Title("8 bits") @Percent(2) Double bits8,
    @Title("7 bits") @Percent(2) Double bits7,
    @Title("6 bits") @Percent(2) Double bits6,
    @Title("5 bits") @Percent(2) Double bits5,
    @Title("4 bits") @Percent(2) Double bits4,
    @Title("3 bits") @Percent(2) Double bits3,
    @Title("2 bits") @Percent(2) Double bits2) {

  static Summary of(Measured measured, Observer observer) {
    return new Summary(
        observer.toString(),
        lost(measured, observer, 8),
        lost(measured, observer, 7),
        lost(measured, observer, 6),
        lost(measured, observer, 5),
        lost(measured, observer, 4),
        lost(measured, observer, 3),
        lost(measured, observer, 2));
  }

  private static Double lost(Measured measured, Observer observer, int bits) {
    return measured.has(observer, bits) ? (Double) (-measured.gain(observer, bits)) : null;
  }
}
