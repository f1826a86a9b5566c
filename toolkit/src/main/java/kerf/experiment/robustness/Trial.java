package kerf.experiment.robustness;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One network, trained and measured: a row of the experiment's table. Of one that diverged what was
 * measured is missing.
 *
 * @param net which network
 * @param seed the seed of its initialization, data order and sparse weights
 * @param weightsRemaining the fraction of weights kept
 * @param testAccuracy the fraction of test images classified rightly, without noise
 * @param halfNoisy the fraction classified rightly with noise on half of the pixels
 * @param noiseScore images classified rightly, all levels of noise together, scaled to the
 *     article's 110,000
 * @param trainingAccuracy the accuracy on the training images at the end
 */
public record Trial(
    String net,
    long seed,
    @Percent(1) double weightsRemaining,
    @Percent(2) double testAccuracy,
    @Percent(2) double halfNoisy,
    @Grouped Long noiseScore,
    @Percent(2) double trainingAccuracy) {

  /** A network that diverged, of which nothing was measured. */
  static Trial diverged(Unit unit) {
    return new Trial(
        unit.net().toString(), unit.seed(), Double.NaN, Double.NaN, Double.NaN, null, Double.NaN);
  }

  /** The noise score as a number to average: not one if the network diverged. */
  double score() {
    return noiseScore == null ? Double.NaN : noiseScore;
  }
}
