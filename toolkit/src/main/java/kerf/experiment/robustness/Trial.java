package kerf.experiment.robustness;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One network, trained and measured: a row of the experiment's table.
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
    @Grouped long noiseScore,
    @Percent(2) double trainingAccuracy) {}
