package kerf.notebook;

import kerf.argument.Argument;
import kerf.model.Network;
import kerf.qat.Phase;
import kerf.qat.Qat;
import kerf.qat.QatTrained;
import kerf.quantization.PackedNetwork;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.training.Step;

/** Words for quantization-aware training. */
class QatWords extends QuantizationWords {
  QatWords() {}

  /**
   * A plan of quantization-aware training.
   *
   * @return the plan with every default filled in: 8 bits
   */
  public static Qat qat() {
    return Qat.plan();
  }

  /**
   * Trains for a plan of quantization: {@code qat(quantization().bits(4).keepFloat("fc1"))}.
   *
   * @param quantization what is rounded, and to which formats
   * @return the plan with a default training
   */
  public static Qat qat(Quantization quantization) {
    Argument.require("quantization", quantization);
    return Qat.of(quantization);
  }

  /**
   * A network of binary or ternary weights that really computes with bits.
   *
   * @param network trained with {@code qat().weights(binary()).binaryInputs()}
   * @return its layers packed, 64 weights a word
   * @throws IllegalArgumentException if no layer reads signs
   */
  public static PackedNetwork packed(Network network) {
    Argument.require("network", network);
    Network own = network instanceof QatTrained trained ? trained.quantized() : network;
    if (own instanceof Quantized quantized) {
      return PackedNetwork.of(quantized);
    }
    throw new IllegalArgumentException(
        "a network of binary or ternary weights is packed, found the float network %s; train with qat().weights(binary()).binaryInputs()"
            .formatted(network.architecture().describe()));
  }

  /**
   * Rounds activations only later, as a hook: {@code training().hook(delayActivations(epochs(1)))}.
   *
   * @param until the step from which on they are rounded
   * @return the hook
   */
  public static Phase delayActivations(Step until) {
    Argument.require("until", until);
    return Phase.delayActivations(until);
  }

  /**
   * Keeps ranges as they are from some step on, as a hook.
   *
   * @param from the step
   * @return the hook
   */
  public static Phase freezeObservers(Step from) {
    Argument.require("from", from);
    return Phase.freezeObservers(from);
  }

  /**
   * Keeps batch-norm statistics as they are from some step on, as a hook.
   *
   * @param from the step
   * @return the hook
   */
  public static Phase freezeBatchNorm(Step from) {
    Argument.require("from", from);
    return Phase.freezeBatchNorm(from);
  }
}
