package kerf.picture;

import kerf.table.Decimals;
import kerf.table.Percent;

/**
 * How alike two masks are in one layer: a row of {@link MaskOverlap}'s table.
 *
 * @param layer the layer's name, or {@code all}
 * @param masks which two
 * @param firstKept the fraction the first keeps
 * @param secondKept the fraction the second keeps
 * @param jaccard the weights both keep over the weights either keeps
 * @param byChance what independent choices of as many weights would be expected to have
 */
public record Overlap(
    String layer,
    String masks,
    @Percent(1) double firstKept,
    @Percent(1) double secondKept,
    @Decimals(3) double jaccard,
    @Decimals(3) double byChance) {

  static Overlap of(String layer, String masks, double first, double second, double jaccard) {
    double both = first * second;
    double either = first + second - both;
    return new Overlap(layer, masks, first, second, jaccard, either == 0 ? 1 : both / either);
  }
}
