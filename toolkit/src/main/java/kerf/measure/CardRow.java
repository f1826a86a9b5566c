package kerf.measure;

import kerf.table.Bytes;
import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * A network's row of the metrics card. Ratios compare with the first row: 2 is twice as small or as
 * fast.
 *
 * @param network what it is called
 * @param accuracy the fraction of images classified rightly, the mean over seeds
 * @param least the accuracy of the worst seed
 * @param greatest the accuracy of the best seed
 * @param parameters see {@link NetworkSize}
 * @param nonzeros see {@link NetworkSize}
 * @param prunableSparsity the share of zeros among weights that masks act on
 * @param sparsity the share of zeros among all parameters
 * @param macs see {@link NetworkSize}; null where the network cannot be traced
 * @param effectiveMacs see {@link NetworkSize}; null where the network cannot be traced
 * @param denseBytes see {@link NetworkSize}
 * @param packedBytes see {@link NetworkSize}
 * @param gzipBytes see {@link NetworkSize}
 * @param latency1 milliseconds of a batch of 1
 * @param latency64 milliseconds of a batch of 64
 * @param packedRatio the first row's packed bytes over these
 * @param macsRatio the first row's effective MACs over these; null where one cannot be traced
 * @param ratio1 the first row's latency at batch 1 over this
 * @param ratio64 the first row's latency at batch 64 over this
 */
public record CardRow(
    String network,
    @Percent(2) @Title("accuracy (measured)") double accuracy,
    @Percent(2) @Title("least accuracy (measured)") double least,
    @Percent(2) @Title("greatest accuracy (measured)") double greatest,
    @Grouped @Title("parameters (measured)") long parameters,
    @Grouped @Title("nonzeros (measured)") long nonzeros,
    @Percent(1) @Title("sparsity, prunable (measured)") double prunableSparsity,
    @Percent(1) @Title("sparsity, all (measured)") double sparsity,
    @Grouped @Title("MACs (modelled)") Long macs,
    @Grouped @Title("effective MACs (modelled)") Long effectiveMacs,
    @Bytes @Title("dense bytes (modelled)") long denseBytes,
    @Bytes @Title("packed bytes (measured)") long packedBytes,
    @Bytes @Title("gzip bytes (measured)") long gzipBytes,
    @Decimals(3) @Title("ms, batch 1 (measured)") double latency1,
    @Decimals(3) @Title("ms, batch 64 (measured)") double latency64,
    @Decimals(2) @Title("× smaller, packed (measured)") double packedRatio,
    @Decimals(2) @Title("× fewer effective MACs (modelled)") Double macsRatio,
    @Decimals(2) @Title("× faster, batch 1 (measured)") double ratio1,
    @Decimals(2) @Title("× faster, batch 64 (measured)") double ratio64) {}
