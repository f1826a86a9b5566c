package kerf.quantization;

import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * How far integers and fake quantization agree at one point.
 *
 * @param point the node whose output is on a grid
 * @param arithmetic what computed it: integers, or floats that were rounded
 * @param values how many numbers were compared
 * @param differ the share that differs, each layer given the same input
 * @param quanta the largest of these differences, in steps of the grid
 * @param differAll the share that differs when all layers before computed in integers
 * @param quantaAll the largest of these differences, in steps of the grid
 */
public record AgreementRow(
    String point,
    String arithmetic,
    @Grouped long values,
    @Percent(3) @Title("differ, same input") double differ,
    @Title("most quanta, same input") int quanta,
    @Percent(3) @Title("differ, end to end") double differAll,
    @Title("most quanta, end to end") int quantaAll) {}
