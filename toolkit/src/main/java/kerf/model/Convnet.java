package kerf.model;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import kerf.argument.Argument;

/**
 * A small convolutional net: for each width a 3×3 convolution with batch normalization, ReLU (or
 * another activation) and 2×2 max pooling, then a linear layer of 10. For what needs batch
 * normalization and minutes.
 *
 * @param widths filters of each convolution
 * @param activation what follows batch normalization
 * @param input the shape of an image
 * @param initialization how weights start
 */
public record Convnet(
    List<Integer> widths, Activation activation, ImageShape input, Initialization initialization)
    implements Resizable<Convnet> {

  /**
   * Checks the values.
   *
   * @param widths filters of each convolution, at least one width of at least 1
   * @param activation what follows batch normalization
   * @param input the shape of an image; each convolution halves its height and width
   * @param initialization how weights start
   */
  public Convnet {
    Argument.require("activation", activation);
    widths = Layers.requireWidths("convnet", "at least one width", widths.size(), widths);
    input.requirePoolable("convnet", widths.size());
  }

  /**
   * On CIFAR images, with He's normal weights.
   *
   * @param widths filters of each convolution, such as 32, 64
   */
  public Convnet(Integer... widths) {
    this(List.of(widths), Activation.RELU, ImageShape.CIFAR, new Initialization.KaimingNormal());
  }

  @Override
  public Convnet input(int channels, int height, int width) {
    return new Convnet(widths, activation, new ImageShape(channels, height, width), initialization);
  }

  /**
   * The same layers with other activations.
   *
   * @param other such as {@code RELU6}, which quantizes better where ReLU's range is wide
   * @return such an architecture
   */
  public Convnet activation(Activation other) {
    return new Convnet(widths, other, input, initialization);
  }

  @Override
  public String describe() {
    // ReLU goes without saying: identities were written before there was a choice.
    String words = activation == Activation.RELU ? "" : ", " + activation;
    return "convnet(%s, %s, %s%s)".formatted(Layers.named(widths), input, initialization, words);
  }

  @Override
  public Structure structure() {
    return Structures.of(this, input, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock();
    for (int width : widths) {
      block.add(Layers.normalized3x3(width, 1, activation)).add(Layers.halving());
    }
    return block.add(Blocks.batchFlattenBlock()).add(Layers.linear(10));
  }
}
