package kerf.experiment.repairs;

import java.util.List;

/**
 * A published accuracy on ImageNet.
 *
 * @param arm what was done
 * @param bits of the weights; activations have 8 in the first article, 32 in the second
 * @param network whose it is
 * @param floatAccuracy the float network's, in percent
 * @param accuracy the quantized network's, in percent
 */
record Published(Arm arm, int bits, String network, double floatAccuracy, double accuracy) {
  private static final String MOBILENET = "MobileNetV2";
  private static final double TOP = 71.72;

  /** Nagel et al. 2019, tables 1 and 2: 8 bits, one scale a tensor unless said otherwise. */
  static final List<Published> DATA_FREE =
      List.of(
          new Published(Arm.PLAIN, 8, MOBILENET, TOP, 0.12),
          new Published(Arm.BIAS_BY_BATCH_NORM, 8, MOBILENET, TOP, 52.02),
          new Published(Arm.EQUALIZED, 8, MOBILENET, TOP, 69.91),
          new Published(Arm.ABSORBED, 8, MOBILENET, TOP, 70.92),
          new Published(Arm.DATA_FREE, 8, MOBILENET, TOP, 71.19),
          new Published(Arm.PER_CHANNEL, 8, MOBILENET, TOP, 70.65));

  /** Nagel et al. 2020: weights of 4 bits of a network without depthwise convolutions. */
  static final List<Published> ROUNDING =
      List.of(
          new Published(Arm.PLAIN, 4, "ResNet-18", 69.68, 23.99),
          new Published(Arm.ADAROUND, 4, "ResNet-18", 69.68, 68.71));

  double kept() {
    return accuracy / floatAccuracy;
  }
}
