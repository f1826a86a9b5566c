package kerf.model;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * The residual networks of He et al. 2016, section 4.2: a 3×3 convolution, three stages of {@code
 * (depth - 2) / 6} residual blocks of two 3×3 convolutions each, the second and third stage halving
 * height and width, the mean over these, a linear layer of 10. Batch normalization after each
 * convolution; convolutions have no bias.
 *
 * <p>Where a stage changes the shape the shortcut is a projection, a 1×1 convolution of stride 2
 * with batch normalization (the paper's option B; its CIFAR networks used option A, zero-padded
 * identity, of 0.27M parameters too). A projection keeps the channels of both branches in the hands
 * of layers, so that they can be pruned together. ResNet-20 has 270,896 weights, of which 2,560 in
 * projections, as the 271K of Frankle and Carbin 2019 (who call it ResNet-18).
 *
 * <p>Layers are numbered in the order of computation, a shortcut after the two convolutions it goes
 * around: in ResNet-20 the projections are {@code conv10} and {@code conv17}.
 *
 * @param depth layers on the longest path: 6n + 2, such as 20, 32, 44, 56
 * @param widths filters of the three stages
 * @param input the shape of an image
 * @param initialization how weights start
 */
public record CifarResnet(
    int depth, List<Integer> widths, ImageShape input, Initialization initialization)
    implements Resizable<CifarResnet> {
  private static final int STAGES = 3;

  /**
   * Checks the values.
   *
   * @param depth 6n + 2 for an n of at least 1
   * @param widths filters of the three stages, each at least 1
   * @param input the shape of an image, at least 4 pixels high and wide
   * @param initialization how weights start
   */
  public CifarResnet {
    if (depth < 8 || depth % 6 != 2) {
      throw new IllegalArgumentException(
          "the depth of a CIFAR resnet is 6n + 2, such as 20 or 56, found " + depth);
    }
    widths = Layers.requireWidths("resnet" + depth, "3 widths", STAGES, widths);
    input.requirePoolable("resnet" + depth, STAGES - 1);
  }

  /**
   * Stages of 16, 32 and 64 filters on CIFAR images, with He's normal weights, as the paper.
   *
   * @param depth 6n + 2, such as 20
   */
  public CifarResnet(int depth) {
    this(depth, List.of(16, 32, 64), ImageShape.CIFAR, new Initialization.KaimingNormal());
  }

  /**
   * Wider or narrower stages.
   *
   * @param first filters at full height and width
   * @param second filters at half of them
   * @param third filters at a quarter of them
   * @return such an architecture
   */
  public CifarResnet widths(int first, int second, int third) {
    return new CifarResnet(depth, List.of(first, second, third), input, initialization);
  }

  @Override
  public CifarResnet input(int channels, int height, int width) {
    return new CifarResnet(depth, widths, new ImageShape(channels, height, width), initialization);
  }

  @Override
  public String describe() {
    return "resnet%d(%s, %s, %s)".formatted(depth, Layers.named(widths), input, initialization);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, input, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock().add(Layers.normalized3x3(widths.get(0), 1));
    int before = widths.get(0);
    for (int stage = 0; stage < STAGES; stage++) {
      int width = widths.get(stage);
      for (int i = 0; i < (depth - 2) / 6; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        block.add(residual(width, stride, stride > 1 || before != width));
        before = width;
      }
    }
    return block
        .add(Pool.globalAvgPool2dBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Layers.linear(10));
  }

  private static Block residual(int width, int stride, boolean project) {
    Block convolutions =
        new SequentialBlock()
            .add(Layers.normalized3x3(width, stride))
            .add(Layers.unbiased3x3(width, 1))
            .add(Layers.normalization());
    Block shortcut =
        project
            ? new SequentialBlock()
                .add(Layers.unbiased1x1(width, stride))
                .add(Layers.normalization())
            : Blocks.identityBlock();
    return new SequentialBlock()
        .add(new ParallelBlock(CifarResnet::sum, List.of(convolutions, shortcut)))
        .add(Activation::relu);
  }

  private static NDList sum(List<NDList> branches) {
    return new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()));
  }
}
