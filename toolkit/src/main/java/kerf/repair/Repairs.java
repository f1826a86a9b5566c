package kerf.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;

/**
 * A plan of what is done about the errors of quantization after training. Immutable: every
 * refinement gives a new plan. Whatever the order of the words, repairs are done in the order of
 * what they need: equalization before ranges are found; then the statistics of batch normalization;
 * then rounding; then biases.
 *
 * @param equalization of the float network, if at all
 * @param statistics whether those of batch normalization are measured anew
 * @param adaRound of the weights, if at all
 * @param correction of biases
 */
public record Repairs(
    Optional<Equalization> equalization,
    Statistics statistics,
    Optional<AdaRound> adaRound,
    Correction correction) {

  /** What becomes of the statistics of batch normalization. */
  public enum Statistics {
    /** They stay the float network's. */
    KEPT,
    /** They are measured with quantized weights in place. */
    REESTIMATED
  }

  /** How biases are corrected. */
  public enum Correction {
    /** Not at all. */
    NONE,
    /** By what the network gives out on samples. */
    SAMPLES,
    /** By what batch normalization says of the means, without data. */
    BATCH_NORM
  }

  /**
   * The plan everything starts from: no repair.
   *
   * @return the plan
   */
  public static Repairs plan() {
    return new Repairs(Optional.empty(), Statistics.KEPT, Optional.empty(), Correction.NONE);
  }

  /**
   * This plan with cross-layer equalization: Nagel et al. 2019, section 4.1.
   *
   * @return a new plan
   */
  public Repairs equalized() {
    return equalized(Equalization.plan());
  }

  /**
   * This plan with cross-layer equalization.
   *
   * @param other such as {@code equalization().absorbing(3)}
   * @return a new plan
   */
  public Repairs equalized(Equalization other) {
    return new Repairs(Optional.of(other), statistics, adaRound, correction);
  }

  /**
   * This plan with the statistics of batch normalization measured anew, quantized weights in place.
   *
   * @return a new plan
   */
  public Repairs batchNormReestimated() {
    return new Repairs(equalization, Statistics.REESTIMATED, adaRound, correction);
  }

  /**
   * This plan with adaptive rounding: Nagel et al. 2020.
   *
   * @return a new plan
   */
  public Repairs adaRounded() {
    return adaRounded(AdaRound.plan());
  }

  /**
   * This plan with adaptive rounding.
   *
   * @param other such as {@code adaRound().steps(2_000)}
   * @return a new plan
   */
  public Repairs adaRounded(AdaRound other) {
    return new Repairs(equalization, statistics, Optional.of(other), correction);
  }

  /**
   * This plan with biases corrected on the calibration samples: Nagel et al. 2019, appendix D.
   *
   * @return a new plan
   */
  public Repairs biasCorrected() {
    return new Repairs(equalization, statistics, adaRound, Correction.SAMPLES);
  }

  /**
   * This plan with biases corrected by what batch normalization says of the means, without data:
   * Nagel et al. 2019, section 4.2.1. Layers whose inputs' means do not follow from it keep their
   * biases, and the report says so.
   *
   * @return a new plan
   */
  public Repairs biasCorrectedByBatchNorm() {
    return new Repairs(equalization, statistics, adaRound, Correction.BATCH_NORM);
  }

  /** How the network between repairs is quantized. */
  @FunctionalInterface
  interface Quantizing {
    Quantized quantize(Network network);
  }

  Repaired quantize(Network network, Quantizing plan, Samples samples) {
    return new Work(network, plan, samples).repaired(this);
  }

  /** The repairing of one network. */
  private static final class Work {
    private final Network network;
    private final Quantizing plan;
    private final Samples samples;
    private final List<RepairRow> rows = new ArrayList<>();
    private Network reference;
    private Map<String, Moments> moments;
    private QuantizedGraph form;
    private Map<String, Double> quality;

    Work(Network network, Quantizing plan, Samples samples) {
      this.network = network;
      this.plan = plan;
      this.samples = samples;
    }

    Repaired repaired(Repairs repairs) {
      reference = Folding.fold(network);
      moments = Moments.of(network);
      form = plan.quantize(reference).form();
      quality = quality();
      repairs.equalization().ifPresent(this::equalize);
      if (repairs.statistics() == Statistics.REESTIMATED) {
        visit(new Reestimation(moments));
      }
      repairs.adaRound().ifPresent(this::visit);
      if (repairs.correction() == Correction.SAMPLES) {
        visit(new BiasCorrection());
      } else if (repairs.correction() == Correction.BATCH_NORM) {
        Map<String, String> notes = new LinkedHashMap<>();
        form = new AnalyticCorrection(form, moments).corrected(notes);
        note("bias corrected by batch norm", notes);
      }
      return new Repaired(Quantized.of(network, form, samples), rows);
    }

    private void equalize(Equalization equalization) {
      Equalized equalized = equalization.equalize(network);
      reference = equalized;
      moments = equalized.moments();
      form = plan.quantize(reference).form();
      Map<String, String> notes = new LinkedHashMap<>(equalized.without());
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
      after.forEach(
          (layer, decibels) ->
              rows.add(
                  new RepairRow(
                      repair, layer, notes.getOrDefault(layer, ""), quality.get(layer), decibels)));
      quality = after;
    }

    /** Decibels by layer, each with the inputs that the quantized network gives it. */
    private Map<String, Double> quality() {
      Map<String, Double> decibels = new LinkedHashMap<>();
      new Lanes(reference, form, samples)
          .run(
              stop -> {
                var found = stop.found();
                double[] errors = Stop.errors(found, stop.wanted());
                found.forEach(ai.djl.ndarray.NDArray::close);
                decibels.put(stop.node().name(), 10 * Math.log10(errors[1] / errors[0]));
              });
      return decibels;
    }
  }
}
