package kerf.experiment.repairs;

import kerf.table.Decimals;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * One network, trained or quantized: a row of the experiment's table.
 *
 * @param network its kind
 * @param arm what was done
 * @param seed which repetition
 * @param bits of the weights; activations have 8
 * @param floatAccuracy the test accuracy of the float network it was rounded from, equalized if the
 *     arm does so
 * @param accuracy its own
 * @param kept the one over the float network's as it was trained
 * @param decibels signal-to-quantization-noise ratio of the logits on the calibration images
 */
public record Trial(
    String network,
    String arm,
    long seed,
    int bits,
    @Percent(2) double floatAccuracy,
    @Percent(2) double accuracy,
    @Percent(1) @Title("of the float network's") double kept,
    @Decimals(1) @Title("logits' SQNR, dB") double decibels) {}
