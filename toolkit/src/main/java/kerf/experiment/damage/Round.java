package kerf.experiment.damage;

import kerf.table.Decimals;
import kerf.table.Percent;

/**
 * A round of deleting a fifth of the parameters and retraining the rest.
 *
 * @param method who chose
 * @param seed which repetition
 * @param round which round; 0 is the dense network
 * @param remaining the fraction of parameters kept
 * @param lossBefore the mean squared error over the training images before retraining
 * @param loss the same afterwards
 * @param accuracyBefore the fraction of test images classified rightly before retraining
 * @param testAccuracy the same afterwards
 */
public record Round(
    String method,
    long seed,
    int round,
    @Percent(1) double remaining,
    @Decimals(5) double lossBefore,
    @Decimals(5) double loss,
    @Percent(2) double accuracyBefore,
    @Percent(2) double testAccuracy) {}
