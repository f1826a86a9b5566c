package kerf.experiment.connections;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * What became of one layer at the published size, mean over the seeds: a row of the article's
 * tables by layer.
 *
 * @param network the article's name of the network
 * @param layer the layer's name
 * @param weights how many it had
 * @param kept how many are left; missing, as the fraction is, if the first repetition diverged
 * @param density the fraction that is left
 * @param published the fraction that the article keeps
 * @param quality the last round's threshold over the standard deviation of the weights before it
 */
public record LayerResult(
    String network,
    String layer,
    @Grouped long weights,
    @Grouped Long kept,
    @Percent(1) double density,
    @Percent(0) double published,
    @Decimals(2) double quality) {}
