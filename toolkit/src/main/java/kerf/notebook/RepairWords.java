package kerf.notebook;

import kerf.repair.AdaRound;
import kerf.repair.Equalization;
import kerf.repair.Repairs;

/** Words for repairs of quantization after training. */
class RepairWords extends QuantizationWords {
  RepairWords() {}

  /**
   * A plan of repairs: none yet.
   *
   * @return the plan; add such as {@code .equalized().biasCorrected()}, then {@code
   *     .quantize(network, quantization().calibrateOn(samples))}
   */
  public static Repairs repairs() {
    return Repairs.plan();
  }

  /**
   * Cross-layer equalization of a float network.
   *
   * @return the plan; {@code .equalize(network)} shows what it does, {@code
   *     repairs().equalized(it)} makes it part of a quantization
   */
  public static Equalization equalization() {
    return Equalization.plan();
  }

  /**
   * Adaptive rounding of weights.
   *
   * @return the plan with every default filled in, for {@code repairs().adaRounded(it)}
   */
  public static AdaRound adaRound() {
    return AdaRound.plan();
  }
}
