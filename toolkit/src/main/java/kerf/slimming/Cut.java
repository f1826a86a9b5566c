package kerf.slimming;

import kerf.table.Grouped;
import kerf.table.Title;

/**
 * A row of a slimming's report: what a layer was and what it is.
 *
 * @param layer the layer's name
 * @param operator such as {@code Conv2d(20→50, 5×5) => (10→25, 5×5)}; without an arrow where the
 *     layer stays as it was
 * @param parameters how many values its parameters had
 * @param slimParameters how many they have
 * @param macs the multiplications of one sample, dense
 * @param slimMacs the multiplications after slimming
 * @param because what made the layer lose channels: which weights were pruned, and the way from
 *     them to the layer
 */
public record Cut(
    String layer,
    String operator,
    @Grouped long parameters,
    @Grouped long slimParameters,
    @Grouped @Title("MACs") long macs,
    @Grouped @Title("slim MACs") long slimMacs,
    String because) {

  @Override
  public String toString() {
    return layer + ": " + operator + (because.isEmpty() ? "" : "   " + because);
  }
}
