package kerf.quantization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import kerf.integer.IntegerAdd;
import kerf.integer.IntegerMean;
import kerf.integer.IntegerPooling;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Add;
import kerf.trace.Binding;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;

/**
 * A statically quantized network computed in integers, by plain Java to be read beside the paper:
 * convolutions, linear layers, pooling and sums whose inputs and outputs are on grids. What is left
 * in floats (a first convolution, an operator without integer arithmetic) is computed by the engine
 * and rounded at the next point; {@link Result#integerNodes} tells which is which.
 *
 * <p>Jacob et al. 2018, section 2 and appendix A. Slow: it is the specification, not a runtime.
 */
public final class IntegerNetwork {
  private final QuantizedGraph form;
  private final Arithmetic arithmetic;
  private final Graph graph;
  private final Network rounded;
  private final Map<String, IntegerLayer> layers = new LinkedHashMap<>();

  private IntegerNetwork(QuantizedGraph form, Arithmetic arithmetic) {
    this.form = form;
    this.arithmetic = arithmetic;
    this.graph = form.graph();
    this.rounded = form.rounded();
    for (Node node : graph.nodes()) {
      IntegerLayer.of(form, node).ifPresent(layer -> layers.put(node.name(), layer));
    }
  }

  /**
   * Takes the grids of a quantized network.
   *
   * @param form static
   * @return the network in fixed-point arithmetic
   * @throws IllegalArgumentException if the mode is another: its activations have no grids; or a
   *     grid has more than 8 bits
   */
  public static IntegerNetwork of(QuantizedGraph form) {
    if (form.mode() != Mode.STATIC) {
      throw new IllegalArgumentException(
          "integer arithmetic needs activations on grids, found %s quantization; quantize with .calibrateOn(mnist().train().sample(512, 7))"
              .formatted(form.mode()));
    }
    form.points().forEach((name, grid) -> requireEight(name, grid));
    form.weights().forEach((name, grid) -> requireEight(name, grid));
    return new IntegerNetwork(form, Arithmetic.FIXED_POINT);
  }

  private static void requireEight(String tensor, Quantizer grid) {
    if (grid.format().bits() > 8) {
      throw new IllegalArgumentException(
          "sums of 32 bits hold products of at most 8 by 8 bits, found %s in %s; quantize with .bits(8) or less"
              .formatted(tensor, grid.format()));
    }
  }

  /**
   * The same network with another way back from sums to 8 bits.
   *
   * @param other such as {@code FLOAT_RESCALING}
   * @return such a network
   */
  public IntegerNetwork arithmetic(Arithmetic other) {
    return new IntegerNetwork(form, other);
  }

  /** What a batch came to. */
  public static final class Result {
    private final Map<String, int[]> integers = new LinkedHashMap<>();
    private final List<String> computed = new ArrayList<>();
    private float[] output;

    private Result() {}

    /**
     * Gives the integers that a node gives out.
     *
     * @param node the name of a node whose output is on a grid, by itself or passed on
     * @return row-major, the batch as axis 0
     * @throws IllegalArgumentException if there are none
     */
    public int[] integers(String node) {
      if (!integers.containsKey(node)) {
        throw new IllegalArgumentException(
            "no integers at '%s'; there are some at %s"
                .formatted(node, String.join(", ", integers.keySet())));
      }
      return integers.get(node).clone();
    }

    /**
     * Gives the network's output.
     *
     * @return floats, row-major, the batch as axis 0
     */
    public float[] output() {
      return output.clone();
    }

    /**
     * Lists the nodes computed in integers, those that only pass integers on included.
     *
     * @return in the order of the graph
     */
    public List<String> integerNodes() {
      return List.copyOf(computed);
    }
  }

  /**
   * Computes a batch.
   *
   * @param inputs row-major inputs
   * @param batch how many
   * @return the output and the integers on the way
   */
  public Result run(float[] inputs, int batch) {
    return run(inputs, batch, Map.of());
  }

  /**
   * Computes a batch, each layer from given integers rather than from what the layers before it
   * gave: so that a layer's own rounding is seen alone.
   *
   * @param inputs row-major inputs
   * @param batch how many
   * @param given integers by point; where some are given, readers get these
   * @return the output and the integers as computed
   */
  public Result run(float[] inputs, int batch, Map<String, int[]> given) {
    if (batch < 1 || inputs.length != batch * graph.input().shape().size()) {
      throw new IllegalArgumentException(
          "a batch needs %,d numbers an input, 1 input or more, found %,d numbers for %,d inputs"
              .formatted(graph.input().shape().size(), inputs.length, batch));
    }
    Result result = new Result();
    Map<String, Flow> flows = new HashMap<>();
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, rounded, RandomStream.of(0, "dropout"));
      Binding binding = Binding.of(session, false);
      NDArray input = scope.tensor(inputs, Shapes.batched(batch, graph.input().shape()));
      for (Node node : graph.nodes()) {
        List<Flow> own = node.inputs().stream().map(flows::get).toList();
        Optional<Flow> exact = own.isEmpty() ? Optional.empty() : integers(node, own, scope);
        Flow flow =
            exact.orElseGet(
                () -> new Flow.Floats(own.isEmpty() ? input : engine(node, own, binding, scope)));
        exact.ifPresent(found -> result.computed.add(node.name()));
        Quantizer point = form.points().get(node.name());
        if (point != null && flow instanceof Flow.Floats floats) {
          flow = floats.quantized(point);
        }
        if (flow instanceof Flow.Integers integers) {
          result.integers.put(node.name(), integers.values());
          int[] other = given.getOrDefault(node.name(), integers.values());
          flow = new Flow.Integers(other, integers.shape(), integers.grid());
        }
        flows.put(node.name(), flow);
      }
      result.output = Scope.floats(flows.get(graph.output()).floats(scope));
    }
    return result;
  }

  /** A node's output in integers (or sums of them), where it has integer arithmetic. */
  private Optional<Flow> integers(Node node, List<Flow> inputs, Scope scope) {
    if (!inputs.stream().allMatch(input -> input instanceof Flow.Integers)) {
      return Optional.empty();
    }
    Flow.Integers x = (Flow.Integers) inputs.get(0);
    Operator operator = node.operator();
    if (layers.containsKey(node.name())) {
      return Optional.of(layers.get(node.name()).apply(x, arithmetic, scope));
    }
    if (operator instanceof Flatten
        || operator instanceof Reshape
        || operator instanceof Dropout
        || isClippedAlready(node, x)) {
      long[] shape = Shapes.batched(x.batch(), node.shape());
      return Optional.of(new Flow.Integers(x.values(), shape, x.grid()));
    }
    if (operator instanceof Add) {
      return added(node, x, (Flow.Integers) inputs.get(1));
    }
    if (operator instanceof Pooling pooling && pooling.kernel().dimension() == 2) {
      return pooled(node, pooling, x);
    }
    if (operator instanceof GlobalPooling global && x.shape().length == 4) {
      return mean(node, global, x);
    }
    return Optional.empty();
  }

  /** A ReLU behind a layer whose sums were clipped by it as they were rescaled. */
  private boolean isClippedAlready(Node node, Flow.Integers x) {
    return Layers.clips(node.operator())
        && Points.fused(graph, node.inputs().get(0)).equals(node.name())
        && x.grid().equals(form.points().get(node.name()));
  }

  private Optional<Flow> added(Node node, Flow.Integers one, Flow.Integers other) {
    return form.outputOf(node)
        .map(
            grid -> {
              Bounds bounds = Bounds.of(graph, node, grid);
              IntegerAdd add =
                  new IntegerAdd(
                      one.params(),
                      other.params(),
                      grid.params().get(0),
                      bounds.min(),
                      bounds.max());
              return new Flow.Integers(add.apply(one.values(), other.values()), one.shape(), grid);
            });
  }

  private Optional<Flow> pooled(Node node, Pooling pooling, Flow.Integers x) {
    Shape none = new Shape(1, 1);
    var window = Shapes.window(pooling.kernel(), pooling.stride(), pooling.padding(), none);
    boolean padded = pooling.padding().getShape()[0] + pooling.padding().getShape()[1] > 0;
    if (pooling.ceiling()) {
      return Optional.empty();
    }
    if (pooling.kind() == Pooling.Kind.MAXIMUM) {
      return Optional.of(Flow.Integers.of(IntegerPooling.max(x.images(), window), x.grid()));
    }
    Quantizer grid = form.points().get(node.name());
    if (grid == null || padded && !pooling.countPadding()) {
      return Optional.empty();
    }
    var mean =
        new IntegerMean(
            window, x.params(), grid.params().get(0), grid.format().min(), grid.format().max());
    return Optional.of(Flow.Integers.of(mean.apply(x.images()), grid));
  }

  private Optional<Flow> mean(Node node, GlobalPooling global, Flow.Integers x) {
    Shape all = new Shape(x.shape()[2], x.shape()[3]);
    Shape ones = new Shape(1, 1);
    var pooling = new Pooling(global.kind(), all, all, new Shape(0, 0), false, true);
    return pooled(new Node(node.name(), node.operator(), node.inputs(), ones), pooling, x)
        .map(
            flow -> {
              Flow.Integers pooled = (Flow.Integers) flow;
              long[] shape = Shapes.batched(x.batch(), node.shape());
              return new Flow.Integers(pooled.values(), shape, pooled.grid());
            });
  }

  private static NDArray engine(Node node, List<Flow> inputs, Binding binding, Scope scope) {
    return node.operator().run(inputs.stream().map(flow -> flow.floats(scope)).toList(), binding);
  }

  /**
   * Classifies a batch.
   *
   * @param inputs row-major inputs
   * @param batch how many
   * @return the class of greatest output for each
   */
  public int[] classes(float[] inputs, int batch) {
    return greatest(run(inputs, batch).output(), batch);
  }

  static int[] greatest(float[] outputs, int batch) {
    int classes = outputs.length / batch;
    return IntStream.range(0, batch)
        .map(
            row ->
                IntStream.range(0, classes)
                    .reduce(
                        0,
                        (best, i) ->
                            outputs[row * classes + i] > outputs[row * classes + best] ? i : best))
        .toArray();
  }
}
