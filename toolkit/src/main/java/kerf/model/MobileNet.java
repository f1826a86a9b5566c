package kerf.model;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * A small network of depthwise separable convolutions after Howard et al. 2017, "MobileNets": a 3×3
 * convolution, then for each further width a 3×3 convolution of each channel by itself and a 1×1
 * convolution that mixes channels, each with batch normalization and ReLU; the mean over positions,
 * and a linear layer of 10.
 *
 * <p>A depthwise filter has nine weights and a batch normalization of its own, so once that is
 * folded the filters of a layer differ widely in size: what one scale a tensor serves badly.
 *
 * @param widths channels behind the first convolution and behind each block; a block that has more
 *     than the one before halves height and width
 * @param input the shape of an image
 * @param initialization how weights start
 */
public record MobileNet(List<Integer> widths, ImageShape input, Initialization initialization)
    implements Resizable<MobileNet> {

  /**
   * Checks the values.
   *
   * @param widths channels, at least one width of at least 1
   * @param input the shape of an image
   * @param initialization how weights start
   */
  public MobileNet {
    widths = Layers.requireWidths("mobilenet", "at least one width", widths.size(), widths);
    input.requirePoolable("mobilenet", halvings(widths));
  }

  private static int halvings(List<Integer> widths) {
    int halvings = 0;
    for (int i = 1; i < widths.size(); i++) {
      halvings += widths.get(i) > widths.get(i - 1) ? 1 : 0;
    }
    return halvings;
  }

  /**
   * On CIFAR images, with He's normal weights.
   *
   * @param widths channels behind the first convolution and behind each block, such as 16, 32, 64
   */
  public MobileNet(Integer... widths) {
    this(List.of(widths), ImageShape.CIFAR, new Initialization.KaimingNormal());
  }

  @Override
  public MobileNet input(int channels, int height, int width) {
    return new MobileNet(widths, new ImageShape(channels, height, width), initialization);
  }

  @Override
  public String describe() {
    return "mobilenet(%s, %s, %s)".formatted(Layers.named(widths), input, initialization);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, input, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock().add(Layers.normalized3x3(widths.get(0), 1));
    for (int i = 1; i < widths.size(); i++) {
      int before = widths.get(i - 1);
      int width = widths.get(i);
      block
          .add(Layers.depthwise3x3(before, width > before ? 2 : 1))
          .add(Layers.rectified())
          .add(Layers.unbiased1x1(width, 1))
          .add(Layers.rectified());
    }
    return block
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Layers.linear(10));
  }
}
