package kerf.repair;

import kerf.table.Decimals;
import kerf.table.Title;

/**
 * A row of an equalization's report: two neighbours. How even the channels are is the range of the
 * narrowest over that of the widest: what part of a common grid the narrowest can use.
 *
 * @param layer the layer that gives the channels out
 * @param next the layer that reads them
 * @param channels their number
 * @param given narrowest over widest of the first layer's filters
 * @param givenAfter the same after equalization
 * @param read narrowest over widest of what the next layer multiplies each channel by
 * @param readAfter the same after equalization
 * @param absorbed channels of which the next bias took a constant part
 */
public record EqualizedSeam(
    String layer,
    String next,
    int channels,
    @Decimals(4) @Title("filters, narrowest / widest") double given,
    @Decimals(4) @Title("equalized") double givenAfter,
    @Decimals(4) @Title("next layer's columns, narrowest / widest") double read,
    @Decimals(4) @Title("equalized columns") double readAfter,
    int absorbed) {

  static EqualizedSeam of(Seam seam, double[] before, double[] after, int absorbed) {
    return new EqualizedSeam(
        seam.first().node(),
        seam.second().node(),
        seam.channels(),
        before[0],
        after[0],
        before[1],
        after[1],
        absorbed);
  }

  @Override
  public String toString() {
    return "filters, narrowest of widest: %.4f to %.4f; what %s reads them with: %.4f to %.4f%s"
        .formatted(
            given,
            givenAfter,
            next,
            read,
            readAfter,
            absorbed == 0 ? "" : "; %d biases absorbed".formatted(absorbed));
  }
}
