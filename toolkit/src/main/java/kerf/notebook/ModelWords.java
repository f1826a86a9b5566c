package kerf.notebook;

import ai.djl.nn.Block;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;

/** Words for architectures and networks. */
class ModelWords extends DataWords {
  ModelWords() {}

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
