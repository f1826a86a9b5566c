package kerf.repair;

import java.util.Optional;
import java.util.function.Function;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;

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
    Argument.require("equalized", other);
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
    Argument.require("adaRounded", other);
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

  /**
   * Quantizes a network by a plan, repaired.
   *
   * @param network any network; left as it is
   * @param plan how it is quantized; repairs look at its calibration samples
   * @return the quantized network and what each repair did
   * @throws IllegalArgumentException if the network is quantized already, a repair needs samples
   *     and the plan has none, or nothing can be equalized
   */
  public Repaired quantize(Network network, Quantization plan) {
    Argument.require("network", network);
    Argument.require("plan", plan);
    return quantize(network, plan::quantize, plan.calibration());
  }

  Repaired quantize(Network network, Function<Network, Quantized> plan, Samples samples) {
    if (network instanceof Quantized) {
      throw new IllegalArgumentException(
          "a float network is needed, found one that is quantized already (%s); take its .original()"
              .formatted(network.architecture().describe()));
    }
    if (samples == null
        && (statistics == Statistics.REESTIMATED
            || adaRound.isPresent()
            || correction == Correction.SAMPLES)) {
      throw new IllegalArgumentException(
          "these repairs look at what passes through the network, found no samples; add .calibrateOn(mnist().train().sample(512, 7)) to the plan of quantization, or keep to equalized() and biasCorrectedByBatchNorm()");
    }
    return new Repairing(network, plan, samples).repaired(this);
  }
}
