package kerf.export;

import kerf.table.Bytes;
import kerf.table.Decimals;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * A way to run a network, with what it costs.
 *
 * @param runs by what, and in which numbers
 * @param bytes of the file; null without one
 * @param gzip bytes of the file after gzip; null without one
 * @param size bytes over those of the float file; null without one
 * @param accuracy the fraction classified rightly; null without labels
 * @param agreement the share of inputs given the class that the network gives them; null for the
 *     network itself
 * @param difference the largest difference of outputs from the network's, over the largest output;
 *     null for the network itself
 * @param latency1 milliseconds of a batch of 1; null where not timed
 * @param latency64 milliseconds of a batch of 64; null where not timed
 * @param ratio1 milliseconds over those of ONNX Runtime in floats, at batch 1; below 1 is faster
 * @param ratio64 the same at batch 64
 */
public record RunRow(
    String runs,
    @Bytes @Title("file bytes (measured)") Long bytes,
    @Bytes @Title("gzip bytes (measured)") Long gzip,
    @Decimals(3) @Title("bytes over float file") Double size,
    @Percent(2) @Title("accuracy (measured)") Double accuracy,
    @Percent(2) @Title("top-1 agreement") Double agreement,
    @Title("largest difference, relative") Double difference,
    @Decimals(3) @Title("ms, batch 1 (measured)") Double latency1,
    @Decimals(3) @Title("ms, batch 64 (measured)") Double latency64,
    @Decimals(2) @Title("time over ONNX Runtime float, batch 1") Double ratio1,
    @Decimals(2) @Title("time over ONNX Runtime float, batch 64") Double ratio64) {}
