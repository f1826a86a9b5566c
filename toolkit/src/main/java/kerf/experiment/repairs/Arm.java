package kerf.experiment.repairs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kerf.repair.AdaRound;
import kerf.repair.Equalization;
import kerf.repair.Repairs;

/** What is done about a trained network's quantization. */
public enum Arm {
  /** The float network. */
  FLOAT("float"),
  /** One scale a weight tensor, nothing repaired. */
  PLAIN("plain"),
  /** A scale for each output channel of the weights, nothing repaired. */
  PER_CHANNEL("a scale a channel"),
  /** Biases corrected by what batch normalization says of the means. */
  BIAS_BY_BATCH_NORM("biases, by batch norm"),
  /** Biases corrected on samples. */
  BIAS("biases, on samples"),
  /** The statistics of batch normalization measured anew. */
  REESTIMATED("batch norm re-estimated"),
  /** Weights rounded adaptively. */
  ADAROUND("AdaRound"),
  /** Neighbouring layers equalized. */
  EQUALIZED("equalized"),
  /** Neighbouring layers equalized and high biases absorbed. */
  ABSORBED("equalized, absorbed"),
  /** Neighbouring layers equalized, biases corrected without data. */
  DATA_FREE("equalized, biases by batch norm"),
  /** Neighbouring layers equalized, biases corrected on samples. */
  EQUALIZED_BIAS("equalized, biases on samples"),
  /** Neighbouring layers equalized, weights rounded adaptively, biases corrected on samples. */
  TOGETHER("equalized, AdaRound, biases");

  private final String words;

  Arm(String words) {
    this.words = words;
  }

  /** All that quantize. */
  static List<Arm> quantized() {
    return Stream.of(values()).filter(arm -> arm != FLOAT).toList();
  }

  /** Those that are tried on a network made uneven. */
  static List<Arm> uneven() {
    return List.of(
        PLAIN, PER_CHANNEL, BIAS_BY_BATCH_NORM, BIAS, EQUALIZED, ABSORBED, DATA_FREE, TOGETHER);
  }

  boolean equalizes() {
    return compareTo(EQUALIZED) >= 0;
  }

  Equalization equalization() {
    return this == ABSORBED ? Equalization.plan().absorbing(3) : Equalization.plan();
  }

  Repairs repairs(AdaRound rounding) {
    Repairs plan = equalizes() ? Repairs.plan().equalized(equalization()) : Repairs.plan();
    return switch (this) {
      case FLOAT, PLAIN, PER_CHANNEL, EQUALIZED, ABSORBED -> plan;
      case BIAS_BY_BATCH_NORM, DATA_FREE -> plan.biasCorrectedByBatchNorm();
      case BIAS, EQUALIZED_BIAS -> plan.biasCorrected();
      case REESTIMATED -> plan.batchNormReestimated();
      case ADAROUND -> plan.adaRounded(rounding);
      case TOGETHER -> plan.adaRounded(rounding).biasCorrected();
    };
  }

  /** The name in a file's name. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return words;
  }
}
