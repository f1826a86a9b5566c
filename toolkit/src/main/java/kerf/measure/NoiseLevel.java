package kerf.measure;

import kerf.table.Grouped;
import kerf.table.Percent;

/**
 * How well a network classifies at one level of noise.
 *
 * @param noise the fraction of pixels that noise is on
 * @param correct how many images were classified rightly
 * @param images how many there were
 * @param accuracy the one over the other
 */
public record NoiseLevel(
    @Percent(0) double noise,
    @Grouped long correct,
    @Grouped long images,
    @Percent(2) double accuracy) {}
