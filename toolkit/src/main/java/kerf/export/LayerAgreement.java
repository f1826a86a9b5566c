package kerf.export;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * How a layer of a file, run by ONNX Runtime, agrees with the same layer of the network, both given
 * the same inputs.
 *
 * @param layer the node whose output was compared
 * @param grid what its output is rounded to; float where it is not
 * @param numbers how many outputs were compared
 * @param other the share of them that lie elsewhere on the grid; null without a grid
 * @param quanta the largest difference in steps of the grid; null without a grid
 * @param relative the largest difference over the largest output
 */
public record LayerAgreement(
    String layer,
    String grid,
    @Grouped long numbers,
    @Percent(4) @Title("elsewhere on the grid") Double other,
    @Decimals(0) @Title("largest difference, quanta") Double quanta,
    @Title("largest difference, relative") double relative) {}
