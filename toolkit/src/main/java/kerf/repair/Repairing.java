package kerf.repair;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;

/** The repairing of one network. */
final class Repairing {
  private final Network network;
  private final Function<Network, Quantized> plan;
  private final Samples samples;
  private final List<RepairRow> rows = new ArrayList<>();
  private Network reference;
  private Map<String, Moments> moments;
  private QuantizedGraph form;
  private Map<String, Double> quality;

  /** Samples may be null for repairs that need none. */
  Repairing(Network network, Function<Network, Quantized> plan, Samples samples) {
    this.network = network;
    this.plan = plan;
    this.samples = samples;
    this.reference = Folding.fold(network);
    this.moments = Moments.of(network);
    this.form = plan.apply(reference).form();
    this.quality = quality();
  }

  Repaired repaired(Repairs repairs) {
    repairs.equalization().ifPresent(this::equalize);
    if (repairs.statistics() == Repairs.Statistics.REESTIMATED) {
      visit(new Reestimation(moments));
    }
    repairs.adaRound().ifPresent(rounding -> visit(new AdaptiveRounding(rounding)));
    if (repairs.correction() == Repairs.Correction.SAMPLES) {
      visit(new BiasCorrection());
    } else if (repairs.correction() == Repairs.Correction.BATCH_NORM) {
      Map<String, String> notes = new LinkedHashMap<>();
      form = new AnalyticCorrection(form, moments).corrected(notes);
      note("bias corrected by batch norm", notes);
    }
    Quantized quantized =
        samples == null ? Quantized.of(network, form) : Quantized.of(network, form, samples);
    return new Repaired(quantized, rows, quality);
  }

  private void equalize(Equalization equalization) {
    Equalized equalized = equalization.equalize(network);
    reference = equalized;
    moments = equalized.moments();
    form = plan.apply(reference).form();
    Map<String, String> notes = new LinkedHashMap<>();
    equalized.without().forEach((layer, why) -> notes.put(layer, "outputs stay: " + why));
    equalized.seams().forEach(seam -> notes.put(seam.layer(), seam.toString()));
    note("equalized", notes);
  }

  private void visit(LaneRepair repair) {
    Map<String, String> notes = new LinkedHashMap<>();
    form =
        new Lanes(reference, form, samples)
            .run(stop -> notes.put(stop.node().name(), repair.repair(stop)));
    note(repair.title(), notes);
  }

  private void note(String repair, Map<String, String> notes) {
    Map<String, Double> after = quality();
    notes.forEach(
        (layer, changed) ->
            rows.add(
                new RepairRow(
                    repair,
                    layer,
                    changed,
                    quality.getOrDefault(layer, Double.NaN),
                    after.getOrDefault(layer, Double.NaN))));
    quality = after;
  }

  /** Decibels by layer, each with the inputs that the quantized network gives it. */
  private Map<String, Double> quality() {
    Map<String, Double> decibels = new LinkedHashMap<>();
    if (samples != null) {
      new Lanes(reference, form, samples)
          .run(
              stop -> {
                List<NDArray> found = stop.found();
                double[] errors = Stop.errors(found, stop.wanted());
                found.forEach(NDArray::close);
                decibels.put(stop.node().name(), 10 * Math.log10(errors[1] / errors[0]));
              });
    }
    return decibels;
  }
}
