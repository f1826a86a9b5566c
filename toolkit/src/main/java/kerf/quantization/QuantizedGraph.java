package kerf.quantization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.integer.FixedPoint;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;

/**
 * A network and the grids its tensors are rounded to: what simulation, integer execution and export
 * read. A value.
 *
 * @param network a network of a graph of ordinary operators, batch normalization folded, with float
 *     values: nothing is rounded yet. In weight-only mode it may be one that cannot be traced, as
 *     it is
 * @param mode what is quantized
 * @param forms the form of each quantized weight, by parameter name such as {@code conv1.weight}; a
 *     layer without one stays float
 * @param points the grid of activations, by the name of the node whose output is rounded for all
 *     its readers; {@code input} may be one. Only in static mode
 * @param inputs the grid of what a layer multiplies, by the node's name such as {@code fc1}; its
 *     scale is found anew for each batch ({@link kerf.scheme.FusedRange}), for an LSTM's state at
 *     each step. Only in dynamic mode
 */
public record QuantizedGraph(
    Network network,
    Mode mode,
    Map<String, WeightForm> forms,
    Map<String, Quantizer> points,
    Map<String, IntegerFormat> inputs) {
  private static final String FIXED =
      "which is quantized and would leave its grid; change the float network, .original(), and"
          + " quantize that, or train it with the rounding: qat().train(network, mnist())";

  /**
   * Copies the maps and checks that all go together. Points get the whole range of their width
   * ({@link IntegerFormat#whole}), as in PyTorch's converted networks.
   *
   * @param network a network of a graph with batch normalization folded
   * @param mode what is quantized
   * @param forms the form of each quantized weight
   * @param points the grid of activations
   * @param inputs the grid of what a layer multiplies
   * @throws IllegalArgumentException if a form, point or input is of nothing in the graph, does not
   *     fit it, or does not go with the mode
   */
  public QuantizedGraph {
    Argument.require("mode", mode);
    network.requireFree();
    GridRules.check(Untraced.graph(network, mode), mode, forms, points, inputs);
    forms = Collections.unmodifiableMap(new LinkedHashMap<>(forms));
    Map<String, Quantizer> whole = new LinkedHashMap<>();
    points.forEach((name, grid) -> whole.put(name, grid.whole()));
    points = Collections.unmodifiableMap(whole);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /**
   * A network of which no input is rounded as it comes: static or weight-only.
   *
   * @param network a network of a graph with batch normalization folded
   * @param mode what is quantized
   * @param forms the form of each quantized weight
   * @param points the grid of activations
   */
  public QuantizedGraph(
      Network network, Mode mode, Map<String, WeightForm> forms, Map<String, Quantizer> points) {
    this(network, mode, forms, points, Map.of());
  }

  /**
   * Gives the graph.
   *
   * @return ordinary operators, no fake quantization among them
   * @throws IllegalArgumentException if the network cannot be traced, as {@link Graph#of(Network)}
   */
  public Graph graph() {
    return Graph.of(network);
  }

  /** The graph, or the layers with weights where there is none. */
  Graph layers() {
    return Untraced.graph(network, mode);
  }

  /**
   * Gives the grids of weights.
   *
   * @return those of {@link #forms} that are grids, by parameter name
   */
  public Map<String, Quantizer> weights() {
    Map<String, Quantizer> grids = new LinkedHashMap<>();
    forms.forEach(
        (name, form) -> {
          if (form instanceof WeightForm.Grid grid) {
            grids.put(name, grid.quantizer());
          }
        });
    return grids;
  }

  /**
   * Gives the grid on which a node's input comes.
   *
   * @param node a node of the graph
   * @return the grid of its first input; none if that is float
   */
  public Optional<Quantizer> inputOf(Node node) {
    Argument.require("node", node);
    return Optional.ofNullable(points.get(Points.source(graph(), node.inputs().get(0))));
  }

  /**
   * Gives the grid of a node's output, behind a ReLU that follows.
   *
   * @param node a node of the graph
   * @return the grid; none if the output is float
   */
  public Optional<Quantizer> outputOf(Node node) {
    Argument.require("node", node);
    return Optional.ofNullable(points.get(Points.fused(graph(), node.name())));
  }

  /**
   * Rounds the weights to their forms, and the biases of layers with an integer input to units of
   * {@code input scale * weight scale}, 32 bits, as integer arithmetic adds them (widths up to 8
   * bits; beyond, sums need more than 32 bits and biases stay float).
   *
   * @return a network of the same graph, {@link Network#fixed}
   */
  public Network rounded() {
    Graph graph = layers();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      float[] own = network.values(spec.name());
      WeightForm form = forms.get(spec.name());
      values.put(spec.name(), form == null ? own : form.rounded(own, spec.shape()));
    }
    for (Node node : graph.nodes()) {
      Optional<String> bias = Layers.bias(node.operator());
      if (bias.isPresent()
          && forms.get(node.operator().weights().get(0)) instanceof WeightForm.Grid grid) {
        inputOf(node)
            .filter(input -> BiasRoom.serves(input, grid.quantizer()))
            .ifPresent(
                input ->
                    values.put(
                        bias.get(), biases(network.values(bias.get()), input, grid.quantizer())));
      }
    }
    return network.revalued(values).fixed(FIXED);
  }

  private static float[] biases(float[] biases, Quantizer input, Quantizer weights) {
    float inputScale = input.params().get(0).scale();
    float[] rounded = new float[biases.length];
    for (int i = 0; i < biases.length; i++) {
      QuantParams own = weights.params().get(weights.params().size() == 1 ? 0 : i);
      int units = FixedPoint.bias(biases[i], inputScale, own.scale());
      rounded[i] = (float) (units * ((double) inputScale * own.scale()));
    }
    return rounded;
  }

  /**
   * Makes a network that computes in floats what the quantized one computes: weights and biases
   * rounded, and a {@link FakeQuantize} behind each point; in dynamic mode, layers that round their
   * input as it comes.
   *
   * @return a network to be evaluated, {@link Network#fixed}; its nodes are the graph's and {@code
   *     conv1.quantized} behind each point
   */
  public Network simulated() {
    Network rounded = rounded();
    if (points.isEmpty() && inputs.isEmpty()) {
      return rounded;
    }
    Graph graph = graph();
    for (Map.Entry<String, IntegerFormat> input : inputs.entrySet()) {
      Operator layer = graph.node(input.getKey()).operator();
      graph = graph.replaced(input.getKey(), Layers.dynamic(layer, input.getValue()));
    }
    for (Map.Entry<String, Quantizer> point : points.entrySet()) {
      graph =
          graph.inserted(
              point.getKey(), point.getKey() + ".quantized", new FakeQuantize(point.getValue()));
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    graph.parameters().forEach(spec -> values.put(spec.name(), rounded.values(spec.name())));
    return new Network(
            graph.architecture(
                "quantized " + Folding.base(network.architecture()),
                network.architecture().initialization()),
            values)
        .masked(network.mask())
        .fixed(FIXED);
  }

  /**
   * Lists the layers whose weights have no form.
   *
   * @return their names, in the graph's order
   */
  public List<String> floatLayers() {
    Graph graph = layers();
    return graph.nodes().stream()
        .flatMap(node -> node.operator().weights().stream())
        .filter(weight -> !forms.containsKey(weight))
        .map(weight -> graph.parameter(weight).layer())
        .distinct()
        .toList();
  }

  /**
   * Counts what the parameters take: weights at their width, packed, with scales and palettes;
   * other parameters at 4 bytes a number.
   *
   * @return bytes (modelled)
   */
  public long bytes() {
    long bytes = 0;
    for (ParameterSpec spec : layers().parameters()) {
      WeightForm form = forms.get(spec.name());
      bytes +=
          form == null
              ? 4L * spec.size()
              : ((long) spec.size() * form.bits() + 7) / 8 + form.extraBytes();
    }
    return bytes;
  }

  /**
   * Counts what the parameters take in floats.
   *
   * @return 4 bytes a number
   */
  public long floatBytes() {
    return layers().parameters().stream().mapToLong(spec -> 4L * spec.size()).sum();
  }

  @Override
  public String toString() {
    return "%s quantization of %s: %d of %d weight tensors, %d points"
        .formatted(
            mode,
            Folding.base(network.architecture()),
            forms.size(),
            layers().nodes().stream()
                .flatMap(n -> n.operator().weights().stream())
                .distinct()
                .count(),
            points.size());
  }
}
