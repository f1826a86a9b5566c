package kerf.experiment.fake;

import kerf.table.Decimals;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * One network, measured: a row of the experiment's table.
 *
 * @param network what was done
 * @param setting how it was quantized; for a float network, its activation
 * @param widths filters of each convolution
 * @param bits of weights and activations, 32 for floats
 * @param seed which repetition
 * @param accuracy test accuracy; of quantized networks simulated
 * @param converted the same of QAT with batch normalization folded, if it was not while training;
 *     null for others
 * @param change against the float network it started from
 * @param fair against the float network trained for as many passes: the same, or of QAT the one
 *     trained on
 */
public record Trial(
    String network,
    String setting,
    String widths,
    int bits,
    long seed,
    @Percent(2) double accuracy,
    @Percent(2) @Title("accuracy, folded") Double converted,
    @Decimals(2) @Title("points against float it started from") double change,
    @Decimals(2) @Title("points against float of as many passes") double fair) {}
