package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.repairs.PostTraining;
import kerf.model.MobileNet;
import kerf.repair.AdaRound;
import kerf.repair.Equalization;
import kerf.repair.Repairs;

/** Words for repairs of quantization after training. */
class RepairWords extends CalibrationWords {
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

  /**
   * The experiment on repairs after Nagel et al. 2019 and 2020, at the length asked for by whoever
   * started the kernel (quick unless told otherwise).
   *
   * @return the plan
   */
  public static PostTraining postTraining() {
    return PostTraining.of(Length.asked());
  }

  /**
   * The experiment on repairs after Nagel et al. 2019 and 2020.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static PostTraining postTraining(Length length) {
    Argument.require("length", length);
    return PostTraining.of(length);
  }

  /**
   * A small network of depthwise separable convolutions for 3×32×32; {@code mobilenet(16, 32,
   * 64).input(1, 28, 28)} for others.
   *
   * @param widths channels behind the first convolution and behind each block
   * @return the architecture
   */
  public static MobileNet mobilenet(Integer... widths) {
    Argument.require("widths", widths);
    return new MobileNet(widths);
  }
}
