package kerf.experiment.fake;

import java.util.Locale;
import kerf.model.Activation;

/**
 * The piece of work that is saved at once: one network trained or quantized, and measured.
 *
 * @param seed which repetition
 * @param stage what is done
 * @param setting how it is quantized; of a float network only the activation counts
 * @param bits of weights and activations; {@link #FLOAT_BITS} for a float network
 * @param scale how wide the network is, in widths of the plan's
 */
record Unit(long seed, Stage stage, Setting setting, int bits, double scale) {
  static final int FLOAT_BITS = 32;

  static Unit ofFloat(long seed, Stage stage, Setting setting, double scale) {
    return new Unit(seed, stage, setting.ofFloat(), FLOAT_BITS, scale);
  }

  /** The float network that this one starts from. */
  Unit trained() {
    return ofFloat(seed, Stage.FLOAT, setting, scale);
  }

  /** The float network trained on as long as one with fake quantization. */
  Unit tuned() {
    return ofFloat(seed, Stage.TUNED, setting, scale);
  }

  /** The float network trained for as many passes as this one. */
  Unit rival() {
    return stage == Stage.QAT || stage == Stage.TUNED ? tuned() : trained();
  }

  /** The name of its activation. */
  String rectifier() {
    return setting.activation() == Activation.RELU6 ? "ReLU6" : "ReLU";
  }

  /** Where it is kept, relative to its study. */
  String path() {
    String how = setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "seed-%d/width-%s/%s-%s-%d.npz"
        .formatted(seed, scale, stage.name().toLowerCase(Locale.ROOT), how, bits);
  }

  @Override
  public String toString() {
    return stage.quantized()
        ? "seed %d, %s, %s, %d bits".formatted(seed, stage, setting, bits)
        : "seed %d, %s, %s".formatted(seed, stage, rectifier());
  }
}
