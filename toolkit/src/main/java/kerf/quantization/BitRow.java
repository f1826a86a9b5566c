package kerf.quantization;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * One layer quantized by itself, to one width.
 *
 * @param layer the layer's name
 * @param bits of its weights and of what it reads and gives out
 * @param weights how many it has
 * @param bytes of its weights at that width, with scales
 * @param sqnr signal-to-quantization-noise ratio of its weights, in decibels
 * @param accuracy the fraction of images classified rightly, the other layers in floats
 * @param loss what is lost of the float network's accuracy
 */
public record BitRow(
    String layer,
    int bits,
    @Grouped long weights,
    @Grouped long bytes,
    @Decimals(1) @Title("SQNR, dB") double sqnr,
    @Percent(2) double accuracy,
    @Percent(2) @Title("accuracy lost") double loss) {}
