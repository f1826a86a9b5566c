package kerf.experiment.fake;

import kerf.argument.Argument;
import kerf.experiment.Plans;
import kerf.model.Activation;

/** How a network is quantized. In each but the first, one thing differs from the first. */
public enum Setting {
  /** The article's: one scale a weight tensor, batch normalization folded, here with ReLU. */
  PER_TENSOR("per tensor", Activation.RELU, Spread.TENSOR, Folding.FOLDED),
  /** A scale for each filter. */
  PER_CHANNEL("per channel", Activation.RELU, Spread.CHANNEL, Folding.FOLDED),
  /** The weights as trained are quantized; batch normalization stays a layer, in floats. */
  NOT_FOLDED("not folded", Activation.RELU, Spread.TENSOR, Folding.NOT_FOLDED),
  /** ReLU6 in the place of ReLU. */
  RELU6("ReLU6", Activation.RELU6, Spread.TENSOR, Folding.FOLDED);

  /** What shares a scale. */
  enum Spread {
    TENSOR,
    CHANNEL
  }

  /** Where batch normalization is. */
  enum Folding {
    FOLDED,
    NOT_FOLDED
  }

  private final String words;
  private final Activation activation;
  private final Spread spread;
  private final Folding folding;

  Setting(String words, Activation activation, Spread spread, Folding folding) {
    this.words = words;
    this.activation = activation;
    this.spread = spread;
    this.folding = folding;
  }

  Activation activation() {
    return activation;
  }

  boolean perChannel() {
    return spread == Spread.CHANNEL;
  }

  boolean folded() {
    return folding == Folding.FOLDED;
  }

  /** The setting under whose name the float network of the same activation is kept. */
  Setting ofFloat() {
    return activation == Activation.RELU ? PER_TENSOR : RELU6;
  }

  /**
   * Finds a setting.
   *
   * @param name as tables name it, such as {@code per channel}
   * @return the setting
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Setting named(String name) {
    Argument.require("name", name);
    return Plans.named("setting", values(), name);
  }

  @Override
  public String toString() {
    return words;
  }
}
