package kerf.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;

/**
 * A small convolutional network for digits of 8x8: convolutions of 6 and 12 filters 3x3 with tanh,
 * then 10 linear outputs; 2,622 weights and 28 biases, about as many as the digit network of LeCun,
 * Denker and Solla 1989.
 *
 * @param initialization how weights start
 */
public record DigitNet(Initialization initialization) implements Architecture {
  private static final Structure STRUCTURE =
      new Structure(
          new SequentialBlock()
              .add(convolution(6))
              .add(Activation::tanh)
              .add(convolution(12))
              .add(Activation::tanh)
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(10).build()),
          1,
          8,
          8);

  /** With Gaussian Glorot weights. */
  public DigitNet() {
    this(new Initialization.GlorotNormal());
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(3, 3)).build();
  }

  @Override
  public String describe() {
    return "digitNet(" + initialization + ")";
  }

  @Override
  public Structure structure() {
    return STRUCTURE;
  }
}
