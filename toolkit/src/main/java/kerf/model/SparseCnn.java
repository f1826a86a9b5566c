package kerf.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The networks of Ahmad and Scheinkman, "How Can We Be So Dense?", 2019: convolutions of 5x5, each
 * with 2x2 max pooling and then its activation, a hidden layer, and 10 outputs, for 28x28 images. A
 * layer's activation is ReLU or {@link KWinners}. That the hidden layer's weights are sparse too is
 * a mask's affair: {@code pruning().criterion(random(seed)).sparsity(0.7)} on the fresh network.
 *
 * @param convolutions the convolutional layers, first to last
 * @param hidden the hidden layer
 * @param initialization how weights start
 */
public record SparseCnn(List<Layer> convolutions, Layer hidden, Initialization initialization)
    implements Architecture {
  private static final ImageShape INPUT = new ImageShape(1, 28, 28);

  /**
   * One layer and its activation.
   *
   * @param units filters of a convolution, or units of the hidden layer; 1 or more
   * @param winners how many of all its outputs stay active; 0 for ReLU
   */
  public record Layer(int units, int winners) {
    /**
     * Checks both numbers.
     *
     * @param units filters or units, 1 or more
     * @param winners how many outputs stay active; 0 for ReLU
     */
    public Layer {
      if (units < 1 || winners < 0) {
        throw new IllegalArgumentException(
            "a layer needs 1 or more units and 0 or more winners, found %d and %d"
                .formatted(units, winners));
      }
    }

    /**
     * A layer with ReLU.
     *
     * @param units filters or units, 1 or more
     * @return the layer
     */
    public static Layer relu(int units) {
      return new Layer(units, 0);
    }

    private Block activation() {
      return winners == 0 ? new LambdaBlock(Activation::relu, "relu") : new KWinners(winners);
    }

    @Override
    public String toString() {
      return winners == 0 ? Integer.toString(units) : units + " k=" + winners;
    }
  }

  /**
   * Copies the list.
   *
   * @param convolutions the convolutional layers, first to last
   * @param hidden the hidden layer
   * @param initialization how weights start
   */
  public SparseCnn {
    convolutions = List.copyOf(convolutions);
  }

  /**
   * A network with uniform weights within {@code 1 / sqrt(fanIn)}, PyTorch's default.
   *
   * @param convolutions the convolutional layers, first to last
   * @param hidden the hidden layer
   */
  public SparseCnn(List<Layer> convolutions, Layer hidden) {
    this(convolutions, hidden, new Initialization.KaimingUniform());
  }

  /**
   * The paper's DenseCNN-1.
   *
   * @return 30 filters, 1,000 units, ReLU
   */
  public static SparseCnn denseCnn1() {
    return new SparseCnn(List.of(Layer.relu(30)), Layer.relu(1_000));
  }

  /**
   * The paper's DenseCNN-2.
   *
   * @return 30 and 30 filters, 1,000 units, ReLU
   */
  public static SparseCnn denseCnn2() {
    return new SparseCnn(List.of(Layer.relu(30), Layer.relu(30)), Layer.relu(1_000));
  }

  /**
   * The paper's SparseCNN-1.
   *
   * @return 30 filters of whose 4,320 outputs 400 win, 150 units of which 50 do
   */
  public static SparseCnn sparseCnn1() {
    return new SparseCnn(List.of(new Layer(30, 400)), new Layer(150, 50));
  }

  /**
   * The paper's SparseCNN-2.
   *
   * @return 32 and 64 filters of whose 4,608 and 1,024 outputs 400 and 300 win, 700 units of which
   *     100 do
   */
  public static SparseCnn sparseCnn2() {
    return new SparseCnn(List.of(new Layer(32, 400), new Layer(64, 300)), new Layer(700, 100));
  }

  /**
   * The same layers with ReLU throughout.
   *
   * @return the network without k-winners
   */
  public SparseCnn relu() {
    return new SparseCnn(
        convolutions.stream().map(layer -> Layer.relu(layer.units())).toList(),
        Layer.relu(hidden.units()),
        initialization);
  }

  @Override
  public String describe() {
    String filters = convolutions.stream().map(Layer::toString).collect(Collectors.joining(", "));
    return "sparseCnn(" + filters + " | " + hidden + ", " + initialization + ")";
  }

  @Override
  public Structure structure() {
    return Structures.of(this, INPUT, this::block);
  }

  private SequentialBlock block() {
    SequentialBlock block = new SequentialBlock();
    for (Layer layer : convolutions) {
      block
          .add(Conv2d.builder().setFilters(layer.units()).setKernelShape(new Shape(5, 5)).build())
          .add(Layers.halving())
          .add(layer.activation());
    }
    return block
        .add(Blocks.batchFlattenBlock())
        .add(Layers.linear(hidden.units()))
        .add(hidden.activation())
        .add(Layers.linear(10));
  }
}
