package kerf.experiment.calibration;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One network, quantized one way and measured: a row of the experiment's table.
 *
 * @param calibrator what chose the ranges of activations
 * @param bits the width of activations
 * @param images how many images it looked at
 * @param seed which repetition
 * @param accuracy the test accuracy
 * @param lost how much less than that of the network in floats
 */
public record Trial(
    String calibrator,
    int bits,
    @Grouped int images,
    long seed,
    @Percent(2) double accuracy,
    @Percent(2) double lost) {}
