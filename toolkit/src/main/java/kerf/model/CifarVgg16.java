package kerf.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import kerf.argument.Argument;

/**
 * VGG-16 as the pruning literature has it for CIFAR: 13 convolutions 3×3 with batch normalization
 * and ReLU, 2×2 max pooling after the 2nd, 4th, 7th and 10th, the mean over what is left of height
 * and width, then linear layers of 512 (batch normalization, ReLU) and 10. Li et al. 2017; Liu et
 * al. 2019, whose {@code cfg} lists are the widths here. 14,977,728 weights, 313 million MACs on
 * 3×32×32.
 *
 * <p>Differs from Liu's code in how it starts: scales of batch normalization at 1, not 0.5, and
 * He's variance by fan-in in all layers.
 *
 * @param widths filters of the 13 convolutions
 * @param input the shape of an image
 * @param initialization how weights start
 */
public record CifarVgg16(List<Integer> widths, ImageShape input, Initialization initialization)
    implements Resizable<CifarVgg16> {
  private static final List<Integer> WIDTHS =
      List.of(64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512);
  private static final List<Integer> POOLED_AFTER = List.of(2, 4, 7, 10);

  /**
   * Checks the values.
   *
   * @param widths filters of the 13 convolutions, each at least 1
   * @param input the shape of an image, at least 16 pixels high and wide
   * @param initialization how weights start
   */
  public CifarVgg16 {
    Argument.require("widths", widths);
    widths = Layers.requireWidths("vgg16cifar", "13 widths", WIDTHS.size(), widths);
    input.requirePoolable("vgg16cifar", POOLED_AFTER.size());
  }

  /** Full width on CIFAR images, with He's normal weights. */
  public CifarVgg16() {
    this(WIDTHS, ImageShape.CIFAR, new Initialization.KaimingNormal());
  }

  /**
   * Other numbers of filters, such as what a pruning left.
   *
   * @param filters of the 13 convolutions, each at least 1
   * @return such an architecture
   */
  public CifarVgg16 widths(Integer... filters) {
    Argument.require("filters", filters);
    return new CifarVgg16(List.of(filters), input, initialization);
  }

  @Override
  public CifarVgg16 input(int channels, int height, int width) {
    return new CifarVgg16(widths, new ImageShape(channels, height, width), initialization);
  }

  @Override
  public String describe() {
    return "vgg16cifar(%s, %s, %s)".formatted(Layers.named(widths), input, initialization);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, input, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock();
    for (int i = 0; i < widths.size(); i++) {
      block.add(Layers.normalized3x3(widths.get(i), 1));
      if (POOLED_AFTER.contains(i + 1)) {
        block.add(Layers.halving());
      }
    }
    return block
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Layers.linear(512))
        .add(Layers.normalization())
        .add(Activation::relu)
        .add(Layers.linear(10));
  }
}
