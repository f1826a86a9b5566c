package kerf.notebook;

import ai.djl.nn.Block;
import kerf.model.Activation;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Mlp;
import kerf.model.Network;

/** Words for architectures and networks. */
class ModelWords extends DataWords {
  ModelWords() {}

  /** The hyperbolic tangent. */
  public static final Activation TANH = Activation.TANH;

  /** The logistic function. */
  public static final Activation SIGMOID = Activation.SIGMOID;

  /** The positive part. */
  public static final Activation RELU = Activation.RELU;

  /**
   * A multilayer perceptron, with ReLU unless told otherwise.
   *
   * @param widths units a layer, from inputs to outputs, such as {@code 64, 30, 10}
   * @return the architecture
   */
  public static Mlp mlp(int... widths) {
    return Mlp.of(widths);
  }

  /**
   * LeNet-300-100.
   *
   * @return the architecture
   */
  public static Lenet300100 lenet300100() {
    return new Lenet300100();
  }

  /**
   * LeNet-5.
   *
   * @return the architecture
   */
  public static Lenet5 lenet5() {
    return new Lenet5();
  }

  /**
   * A DJL block of your own as a network.
   *
   * @param block any block with weights
   * @param inputShape of one input without the batch, such as {@code 1, 28, 28}
   * @return a dense network
   */
  public static Network network(Block block, long... inputShape) {
    return Network.of(block, inputShape);
  }
}
