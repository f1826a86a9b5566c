package kerf.quantization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * A quantized tensor of a network.
 *
 * @param tensor the name of the weight, or of the node whose output it is
 * @param kind weights or activations
 * @param format the form it has
 * @param scales how many scales there are; null where there is none
 * @param scale the scale, the mean of several; null where there is none
 * @param zeroPoint the integer of 0; null where there are several or none
 * @param clipped the share beyond the grid's ends, more than half a step; null where not measured
 * @param sqnr signal-to-quantization-noise ratio in decibels; null where not measured
 */
record TensorRow(
    String tensor,
    String kind,
    String format,
    @Grouped Integer scales,
    Double scale,
    @Title("zero point") Integer zeroPoint,
    @Percent(3) Double clipped,
    @Decimals(1) @Title("SQNR, dB") Double sqnr) {

  /**
   * Weights in the graph's order, then points; null for the fidelity of an activation not measured.
   */
  static List<TensorRow> all(QuantizedGraph form, Map<String, Fidelity> activations) {
    List<TensorRow> rows = new ArrayList<>();
    form.forms()
        .forEach(
            (name, weights) ->
                rows.add(
                    of(
                        name,
                        "weights",
                        weights.toString(),
                        weights instanceof WeightForm.Grid grid ? grid.quantizer() : null,
                        Fidelity.of(
                            weights,
                            form.network().values(name),
                            form.layers().parameter(name).shape()))));
    form.points()
        .forEach(
            (name, quantizer) ->
                rows.add(
                    of(
                        name,
                        "activations",
                        quantizer.format().toString(),
                        quantizer,
                        activations.get(name))));
    form.inputs()
        .forEach(
            (name, format) ->
                rows.add(of(name + " input", "activations", format + ", each batch", null, null)));
    return rows;
  }

  private static TensorRow of(
      String tensor, String kind, String format, Quantizer quantizer, Fidelity fidelity) {
    int[] zeros =
        quantizer == null
            ? new int[0]
            : quantizer.params().stream().mapToInt(QuantParams::zeroPoint).distinct().toArray();
    return new TensorRow(
        tensor,
        kind,
        format,
        quantizer == null ? null : quantizer.params().size(),
        quantizer == null
            ? null
            : (Double)
                quantizer.params().stream().mapToDouble(QuantParams::scale).average().orElseThrow(),
        zeros.length == 1 ? (Integer) Arrays.stream(zeros).findFirst().getAsInt() : null,
        fidelity == null ? null : (Double) fidelity.clipped(),
        fidelity == null ? null : (Double) fidelity.sqnr());
  }
}
