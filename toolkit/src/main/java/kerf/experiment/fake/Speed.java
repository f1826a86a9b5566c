package kerf.experiment.fake;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * How fast and how accurate a network is in ONNX Runtime: a row of the latency table.
 *
 * @param network float or int8
 * @param widths filters of each convolution
 * @param bytes of its file
 * @param accuracy test accuracy, computed by the runtime
 * @param milliseconds1 a batch of 1, the least of five medians
 * @param milliseconds64 a batch of 64, the least of five medians
 * @param ratio1 of the float network's time for a batch of 1
 * @param ratio64 of the float network's time for a batch of 64
 */
public record Speed(
    String network,
    String widths,
    @Grouped long bytes,
    @Percent(2) double accuracy,
    @Decimals(3) @Title("ms, batch 1 (measured)") double milliseconds1,
    @Decimals(3) @Title("ms, batch 64 (measured)") double milliseconds64,
    @Decimals(2) @Title("of float, batch 1") double ratio1,
    @Decimals(2) @Title("of float, batch 64") double ratio64) {}
