package kerf.experiment.fake;

import java.util.List;

/** What the article prints, of networks on ImageNet: its tables 4.1 and 4.3. */
final class Published {
  /** ResNet-50: 76.4 % in floats, 74.9 % in integers. */
  static final String RESNET_50 = "-1.5 points (ResNet-50)";

  /** Inception v3 with 8 bits: 78.4 to 75.4 % with ReLU6, 78.3 to 74.2 % with ReLU. */
  static final String RELU6_GAIN = "+1.1 points (Inception v3, 8 bits)";

  private Published() {}

  /** How much Inception v3 loses, in points. */
  static List<Change> inception() {
    return List.of(
        new Change(Setting.PER_TENSOR.toString(), 0, 8, 74.2 - 78.3),
        new Change(Setting.PER_TENSOR.toString(), 0, 7, 73.7 - 78.3),
        new Change(Setting.RELU6.toString(), 0, 8, 75.4 - 78.4),
        new Change(Setting.RELU6.toString(), 0, 7, 75.0 - 78.4));
  }

  /**
   * A point of a curve.
   *
   * @param setting its series
   * @param seed which repetition
   * @param bits of weights and activations
   * @param change against floats, in points
   */
  record Change(String setting, long seed, int bits, double change) {}
}
