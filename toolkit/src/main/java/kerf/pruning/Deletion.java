package kerf.pruning;

import kerf.table.Grouped;

/**
 * One deletion of the surgeon.
 *
 * @param step which, from 1
 * @param layer whose weight went
 * @param index where it stood in the layer, in C order
 * @param weight what it was when it went
 * @param saliency by how much its deletion was foretold to raise the loss
 */
public record Deletion(
    @Grouped int step, String layer, @Grouped int index, double weight, double saliency) {}
