package kerf.experiment.robustness;

import kerf.table.Percent;

/**
 * A point of an accuracy-by-noise curve.
 *
 * @param net which network it belongs to
 * @param seed which repetition
 * @param noise the fraction of pixels that noise is on
 * @param accuracy the fraction of test images classified rightly
 */
record NoisePoint(String net, long seed, @Percent(0) double noise, @Percent(2) double accuracy) {}
