package kerf.experiment.connections;

import kerf.table.Percent;

/**
 * A point of figure 6.
 *
 * @param network which network
 * @param layer the layer that alone is pruned
 * @param seed which repetition
 * @param kept the fraction of its weights that is left
 * @param accuracy the validation accuracy, without retraining
 */
record SensitivityPoint(
    String network,
    String layer,
    long seed,
    @Percent(1) double kept,
    @Percent(2) double accuracy) {}
