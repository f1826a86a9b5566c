package kerf.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;

/**
 * LeNet-300-100: 784 inputs, hidden layers of 300 and 100 with ReLU, 10 outputs; 266,200 weights
 * and 410 biases. LeCun et al. 1998; with ReLU as in Han et al. 2015 and Frankle and Carbin 2019.
 *
 * @param initialization how weights start
 */
public record Lenet300100(Initialization initialization) implements Architecture {
  private static final Structure STRUCTURE =
      new Structure(
          new SequentialBlock()
              .add(Blocks.batchFlattenBlock(784))
              .add(Linear.builder().setUnits(300).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(100).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(10).build()),
          1,
          28,
          28);

  /** With Gaussian Glorot weights, as Frankle and Carbin 2019. */
  public Lenet300100() {
    this(new Initialization.GlorotNormal());
  }

  @Override
  public String describe() {
    return "lenet300100(" + initialization + ")";
  }

  @Override
  public Structure structure() {
    return STRUCTURE;
  }
}
