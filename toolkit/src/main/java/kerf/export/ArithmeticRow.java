package kerf.export;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * How far three ways to compute agree at one point, each given the same integers.
 *
 * @param point the node whose output is on a grid
 * @param arithmetic what the integer network computed it in: integers, or floats that were rounded
 * @param numbers how many were compared
 * @param fakeRuntime the share that fake quantization and ONNX Runtime put elsewhere
 * @param fakeRuntimeQuanta the largest of these differences, in steps of the grid
 * @param integersRuntime the share that the integer network and ONNX Runtime put elsewhere
 * @param integersRuntimeQuanta the largest of these differences
 * @param fakeIntegers the share that fake quantization and the integer network put elsewhere
 * @param fakeIntegersQuanta the largest of these differences
 */
public record ArithmeticRow(
    String point,
    String arithmetic,
    @Grouped long numbers,
    @Percent(4) @Title("fake against runtime") double fakeRuntime,
    @Decimals(0) @Title("most quanta, fake against runtime") double fakeRuntimeQuanta,
    @Percent(4) @Title("integers against runtime") double integersRuntime,
    @Decimals(0) @Title("most quanta, integers against runtime") double integersRuntimeQuanta,
    @Percent(4) @Title("fake against integers") double fakeIntegers,
    @Decimals(0) @Title("most quanta, fake against integers") double fakeIntegersQuanta) {}
