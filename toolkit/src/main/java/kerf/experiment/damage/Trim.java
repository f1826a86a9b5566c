package kerf.experiment.damage;

import kerf.table.Percent;

/**
 * A network after a round of trimming.
 *
 * @param arm who chose the units, or that the network is a fresh one
 * @param seed which repetition
 * @param round which round; 0 is the whole network
 * @param units how many hidden units are left
 * @param remaining the fraction of parameters left
 * @param accuracyBefore the fraction of test images classified rightly before training on
 * @param testAccuracy the same afterwards
 */
public record Trim(
    String arm,
    long seed,
    int round,
    Long units,
    @Percent(1) double remaining,
    @Percent(2) double accuracyBefore,
    @Percent(2) double testAccuracy) {}
