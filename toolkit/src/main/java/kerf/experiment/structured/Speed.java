package kerf.experiment.structured;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * How fast a network is, beside the dense one in the same run: a row of the latency table.
 *
 * @param network what it is
 * @param kept the fraction of filters kept; for single weights, of the slim network with as many
 * @param macs multiplications for an image, those by a zero left out
 * @param fewerMacs the dense network's over these
 * @param milliseconds1 a batch of 1, the median
 * @param milliseconds64 a batch of 64, the median
 * @param faster1 the dense network's time for a batch of 1 over this
 * @param faster64 the dense network's time for a batch of 64 over this
 */
public record Speed(
    String network,
    @Percent(0) double kept,
    @Grouped @Title("effective MACs (modelled)") long macs,
    @Decimals(1) @Title("× fewer MACs (modelled)") double fewerMacs,
    @Decimals(3) @Title("ms, batch 1 (measured)") double milliseconds1,
    @Decimals(3) @Title("ms, batch 64 (measured)") double milliseconds64,
    @Decimals(2) @Title("× faster, batch 1 (measured)") double faster1,
    @Decimals(2) @Title("× faster, batch 64 (measured)") double faster64) {}
