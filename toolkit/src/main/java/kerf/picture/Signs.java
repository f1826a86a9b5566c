package kerf.picture;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * How the signs of two networks agree in one layer: a row of {@link SignAgreement}'s table.
 *
 * @param layer the layer's name
 * @param keptByBoth how many weights both keep
 * @param sameSign the fraction of them that has the same sign in both; NaN where there are none
 * @param byChance the fraction if signs were independent, given how many are positive in each
 */
public record Signs(
    String layer,
    @Grouped long keptByBoth,
    @Percent(1) double sameSign,
    @Percent(1) double byChance) {}
