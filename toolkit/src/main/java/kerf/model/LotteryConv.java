package kerf.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;

/**
 * Conv-2, Conv-4 and Conv-6 of Frankle and Carbin 2019, figure 2: pairs of 3×3 convolutions of 64,
 * 128 and 256 filters (padded, with ReLU), 2×2 max pooling after each pair, then linear layers of
 * 256, 256 (ReLU) and 10.
 *
 * <p>Weights on 3×32×32, those of convolutions in brackets: 4,300,992 (38,592), 2,425,024 (259,776)
 * and 2,261,184 (1,144,512). Figure 2 prints 4.3M (38K), 2.4M (260K) and 1.7M (1.1M): the total of
 * Conv-6 does not follow from the layers it lists, whose first linear layer alone has 4·4·256·256 =
 * 1.05M weights.
 *
 * @param convolutions 2, 4 or 6
 * @param input the shape of an image
 * @param initialization how weights start
 */
public record LotteryConv(int convolutions, ImageShape input, Initialization initialization)
    implements Resizable<LotteryConv> {

  /**
   * Checks the values.
   *
   * @param convolutions 2, 4 or 6
   * @param input the shape of an image, at least 2, 4 or 8 pixels high and wide
   * @param initialization how weights start
   */
  public LotteryConv {
    if (convolutions != 2 && convolutions != 4 && convolutions != 6) {
      throw new IllegalArgumentException(
          "the lottery paper has nets of 2, 4 and 6 convolutions, found " + convolutions);
    }
    input.requirePoolable("conv" + convolutions, convolutions / 2);
  }

  /**
   * On CIFAR images, with Gaussian Glorot weights, as the paper.
   *
   * @param convolutions 2, 4 or 6
   */
  public LotteryConv(int convolutions) {
    this(convolutions, ImageShape.CIFAR, new Initialization.GlorotNormal());
  }

  @Override
  public LotteryConv input(int channels, int height, int width) {
    return new LotteryConv(convolutions, new ImageShape(channels, height, width), initialization);
  }

  @Override
  public String describe() {
    return "conv%d(%s, %s)".formatted(convolutions, input, initialization);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, input, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock();
    for (int pair = 0; pair < convolutions / 2; pair++) {
      for (int i = 0; i < 2; i++) {
        block.add(Layers.biased3x3(64 << pair)).add(Activation::relu);
      }
      block.add(Layers.halving());
    }
    return block
        .add(Blocks.batchFlattenBlock())
        .add(Layers.linear(256))
        .add(Activation::relu)
        .add(Layers.linear(256))
        .add(Activation::relu)
        .add(Layers.linear(10));
  }
}
