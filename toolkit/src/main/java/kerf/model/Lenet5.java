package kerf.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;

/**
 * LeNet-5 as the pruning literature has it (Caffe's): convolutions of 20 and 50 filters 5x5, each
 * followed by 2x2 max pooling, then layers of 500 (ReLU) and 10; 430,500 weights. Han et al. 2015.
 *
 * @param initialization how weights start
 */
public record Lenet5(Initialization initialization) implements Architecture {
  private static final Structure STRUCTURE =
      new Structure(
          new SequentialBlock()
              .add(convolution(20))
              .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
              .add(convolution(50))
              .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(500).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(10).build()),
          1,
          28,
          28);

  /** With Gaussian Glorot weights. */
  public Lenet5() {
    this(new Initialization.GlorotNormal());
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder().setFilters(filters).setKernelShape(new Shape(5, 5)).build();
  }

  @Override
  public String describe() {
    return "lenet5(" + initialization + ")";
  }

  @Override
  public Structure structure() {
    return STRUCTURE;
  }
}
