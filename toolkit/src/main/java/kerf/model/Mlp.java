package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import kerf.argument.Argument;

/**
 * A multilayer perceptron of any widths: {@code h = act(x W1ᵀ + b1), ..., out = h Wnᵀ + bn}, the
 * outputs linear.
 *
 * @param widths units a layer, from inputs to outputs; two or more, each 1 or more
 * @param activation of the hidden layers
 * @param biases whether biases are parameters of their own or weights
 * @param initialization how weights start
 */
public record Mlp(
    List<Integer> widths, Activation activation, Biases biases, Initialization initialization)
    implements Architecture {

  private static final Map<Mlp, Structure> STRUCTURES = new ConcurrentHashMap<>();

  /** What biases are. */
  public enum Biases {
    /** Parameters of their own, which masks leave alone. */
    OWN,
    /**
     * Weights: each layer has one more input, a constant 1, and the last column of its weights is
     * what the bias was.
     */
    WEIGHTS
  }

  /**
   * Checks the widths.
   *
   * @param widths units a layer, from inputs to outputs
   * @param activation of the hidden layers
   * @param biases whether biases are parameters of their own or weights
   * @param initialization how weights start
   */
  public Mlp {
    if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "mlp needs the widths of two or more layers, each 1 or more, found %s; write mlp(2, 2, 1)"
              .formatted(widths));
    }
    widths = List.copyOf(widths);
  }

  /**
   * With ReLU, biases of their own and Gaussian Glorot weights.
   *
   * @param widths units a layer, from inputs to outputs, such as {@code 64, 30, 10}
   * @return the architecture
   * @throws IllegalArgumentException if there are fewer than two, or one is below 1
   */
  public static Mlp of(int... widths) {
    Argument.require("widths", widths);
    return new Mlp(
        Arrays.stream(widths).boxed().toList(),
        Activation.RELU,
        Biases.OWN,
        new Initialization.GlorotNormal());
  }

  /**
   * Changes the activation of the hidden layers.
   *
   * @param other such as {@code TANH}
   * @return such an architecture
   */
  public Mlp activation(Activation other) {
    Argument.require("activation", other);
    return new Mlp(widths, other, biases, initialization);
  }

  /**
   * Makes biases weights, so that masks act on them as on any other weight. They then start as
   * weights do.
   *
   * @return such an architecture
   */
  public Mlp prunableBiases() {
    return new Mlp(widths, activation, Biases.WEIGHTS, initialization);
  }

  /**
   * Changes how weights start.
   *
   * @param other the rule
   * @return such an architecture
   */
  public Mlp initialization(Initialization other) {
    Argument.require("initialization", other);
    return new Mlp(widths, activation, biases, other);
  }

  @Override
  public String describe() {
    return "mlp(%s, %s%s, %s)"
        .formatted(
            widths.stream().map(String::valueOf).collect(Collectors.joining("-")),
            activation,
            biases == Biases.WEIGHTS ? ", prunable biases" : "",
            initialization);
  }

  @Override
  public Structure structure() {
    // How weights start is no part of the structure.
    return STRUCTURES.computeIfAbsent(
        initialization(new Initialization.GlorotNormal()), Mlp::build);
  }

  private Structure build() {
    SequentialBlock block = new SequentialBlock().add(Blocks.batchFlattenBlock(widths.get(0)));
    for (int i = 1; i < widths.size(); i++) {
      if (i > 1) {
        block.add(new LambdaBlock(activation::apply, activation.toString()));
      }
      if (biases == Biases.WEIGHTS) {
        block.add(new LambdaBlock(Mlp::constant, "constant"));
      }
      block.add(Linear.builder().setUnits(widths.get(i)).optBias(biases == Biases.OWN).build());
    }
    return new Structure(block, widths.get(0));
  }

  /** Adds an input that is always 1. */
  private static NDList constant(NDList inputs) {
    NDArray x = inputs.singletonOrThrow();
    return new NDList(x.concat(x.get(":, :1").onesLike(), 1));
  }
}
