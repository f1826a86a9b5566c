package kerf.experiment.connections;

import kerf.table.Percent;

/**
 * A point of figure 5.
 *
 * @param curve which of the five
 * @param seed which repetition
 * @param pruned the fraction of weights pruned away
 * @param accuracyChange the test accuracy less that of the dense network trained with L2
 */
record TradeoffPoint(
    String curve, long seed, @Percent(1) double pruned, @Percent(2) double accuracyChange) {}
