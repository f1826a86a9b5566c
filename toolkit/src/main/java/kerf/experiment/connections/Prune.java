package kerf.experiment.connections;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One training of the experiment: a row of its table. Of one that diverged what was counted and
 * measured is missing.
 *
 * @param network the article's name of the network
 * @param seed which repetition
 * @param training what was done: {@code dense}, {@code round} of iterative pruning, or {@code once}
 * @param regularization what held the weights small
 * @param round how many rounds of pruning came before; 0 for a dense network
 * @param weightsKept how many are left
 * @param density the fraction that is left
 * @param factor how many times fewer weights than dense
 * @param prunedAccuracy the test accuracy after pruning, before retraining; NaN for a dense network
 * @param accuracy the test accuracy at the end
 */
public record Prune(
    String network,
    long seed,
    String training,
    String regularization,
    int round,
    @Grouped Long weightsKept,
    @Percent(1) double density,
    @Decimals(1) double factor,
    @Percent(2) double prunedAccuracy,
    @Percent(2) double accuracy) {}
