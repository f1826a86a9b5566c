package kerf.repair;

import kerf.table.Decimals;
import kerf.table.Title;

/**
 * A row of the report: what a repair did to a layer.
 *
 * @param repair the repair
 * @param layer the layer's node
 * @param changed what was changed, or why nothing was
 * @param before signal-to-quantization-noise ratio of the layer's output on the samples before the
 *     repair, in decibels, inputs quantized as they come
 * @param after the same when every layer was repaired
 */
public record RepairRow(
    String repair,
    String layer,
    String changed,
    @Decimals(1) @Title("SQNR before, dB") double before,
    @Decimals(1) @Title("SQNR after, dB") double after) {}
