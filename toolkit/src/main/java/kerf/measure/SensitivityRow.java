package kerf.measure;

import kerf.table.Percent;
import kerf.table.Title;

/**
 * One point of the sensitivity curves.
 *
 * @param layer the layer that is pruned
 * @param sparsity the share of its weights that is pruned
 * @param remaining the share that is left
 * @param accuracy the fraction of images classified rightly
 * @param loss what is lost of the accuracy at sparsity 0
 */
record SensitivityRow(
    String layer,
    @Percent(1) double sparsity,
    @Percent(1) @Title("weights remaining") double remaining,
    @Percent(2) double accuracy,
    @Percent(2) @Title("accuracy lost") double loss) {}
