package kerf.experiment.lottery;

import kerf.table.Percent;

/**
 * A point of a learning curve.
 *
 * @param line which network it belongs to
 * @param seed which repetition
 * @param iteration how many optimizer steps had been taken
 * @param testAccuracy the fraction of test images classified rightly
 */
record CurvePoint(String line, long seed, long iteration, @Percent(2) double testAccuracy) {}
