package kerf.experiment.structured;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * One network, trained and measured: a row of the experiment's table. Of one that diverged what was
 * counted and measured is missing.
 *
 * @param arm what was done
 * @param seed which repetition
 * @param kept the fraction of filters kept; for single weights, of the slim network with as many
 * @param weights how many are left
 * @param density the fraction of weights left
 * @param macs multiplications for an image; of a masked network those by a zero are left out, which
 *     a dense engine does all the same
 * @param macsLeft the fraction of multiplications left
 * @param epochs passes over the training images
 * @param startAccuracy the test accuracy before them; where nothing is trained yet, chance
 * @param accuracy the test accuracy at the end
 */
public record Trial(
    String arm,
    long seed,
    @Percent(0) double kept,
    @Grouped Long weights,
    @Percent(1) double density,
    @Grouped Long macs,
    @Percent(1) double macsLeft,
    Long epochs,
    @Percent(2) double startAccuracy,
    @Percent(2) double accuracy) {}
