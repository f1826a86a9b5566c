package kerf.calibration;

import kerf.table.Percent;

/**
 * What a network is worth whose activations are quantized by one calibrator.
 *
 * @param calibrator which
 * @param bits the width of the activations
 * @param accuracy the fraction classified rightly
 * @param lost how much less than in floats
 */
public record AccuracyRow(
    String calibrator, int bits, @Percent(2) double accuracy, @Percent(2) double lost) {}
