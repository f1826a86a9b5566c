package kerf.experiment.damage;

import kerf.table.Decimals;
import kerf.table.Percent;

/**
 * A network of which parameters were deleted, not retrained.
 *
 * @param method who chose
 * @param seed which repetition
 * @param remaining the fraction of parameters kept
 * @param loss the mean squared error over the training images
 * @param foretold what the second derivatives said it would be; NaN where nothing is foretold
 * @param testAccuracy the fraction of test images classified rightly
 */
public record Cut(
    String method,
    long seed,
    @Percent(1) double remaining,
    @Decimals(5) double loss,
    @Decimals(5) double foretold,
    @Percent(2) double testAccuracy) {}
