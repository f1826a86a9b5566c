package kerf.quantization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.scheme.IntegerFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.Scheme;
import kerf.scheme.Spread;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * What a plan comes to for one graph, before any range is known: the format of every weight and of
 * every point that is quantized.
 *
 * @param weights the format of each weight, by parameter name, in the graph's order
 * @param points the format of each point, by the node's name, in the graph's order
 * @param inputs in dynamic mode, the format of what a layer multiplies, by the node's name
 */
public record Assignment(
    Map<String, NumberFormat> weights,
    Map<String, IntegerFormat> points,
    Map<String, IntegerFormat> inputs) {
  /**
   * Copies the maps.
   *
   * @param weights the format of each weight, by parameter name
   * @param points the format of each point, by the node's name
   * @param inputs in dynamic mode, the format of what a layer multiplies, by the node's name
   */
  public Assignment {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /**
   * What a static or weight-only plan comes to.
   *
   * @param weights the format of each weight, by parameter name
   * @param points the format of each point, by the node's name
   */
  public Assignment(Map<String, NumberFormat> weights, Map<String, IntegerFormat> points) {
    this(weights, points, Map.of());
  }

  static Assignment of(Quantization plan, Graph graph) {
    Map<String, Scheme> schemes = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!node.operator().weights().isEmpty() && plan.mode().serves(node.operator())) {
        schemeOf(plan, graph, node)
            .ifPresent(
                scheme -> node.operator().weights().forEach(weight -> schemes.put(weight, scheme)));
      }
    }
    Map<String, NumberFormat> weights = new LinkedHashMap<>();
    schemes.forEach((weight, scheme) -> weights.put(weight, scheme.weights()));
    if (plan.mode() == Mode.WEIGHT_ONLY) {
      return new Assignment(weights, Map.of());
    }
    weights.forEach((weight, format) -> requireProducts(plan.mode(), weight, format));
    if (plan.mode() == Mode.DYNAMIC) {
      return new Assignment(weights, Map.of(), inputs(graph, schemes));
    }
    Map<String, IntegerFormat> points = new LinkedHashMap<>();
    for (String point : Points.of(graph, weights.keySet(), plan.integerEnds())) {
      points.put(point, format(graph, point, schemes, plan.scheme()));
    }
    return new Assignment(weights, points);
  }

  /** Global, then kind, then the float ends, then name: the later wins. */
  private static Optional<Scheme> schemeOf(Quantization plan, Graph graph, Node node) {
    String layer = graph.parameter(node.operator().weights().get(0)).layer();
    if (plan.layers().containsKey(layer)) {
      return plan.layers().get(layer);
    }
    if (plan.mode() == Mode.STATIC && !plan.integerEnds() && Layers.narrowStart(graph, node)) {
      return Optional.empty();
    }
    if (plan.scheme().weights() instanceof LowBitFormat
        && !plan.integerEnds()
        && LowBits.atAnEnd(graph, node)) {
      return Optional.empty();
    }
    Optional<LayerKind> kind =
        node.operator() instanceof Untraced untraced
            ? untraced.kind()
            : Optional.of(LayerKind.of(node.operator()));
    return kind.map(plan.kinds()::get).orElse(Optional.of(plan.scheme()));
  }

  private static Map<String, IntegerFormat> inputs(Graph graph, Map<String, Scheme> schemes) {
    Map<String, IntegerFormat> inputs = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      List<String> weights = node.operator().weights();
      if (!weights.isEmpty() && schemes.containsKey(weights.get(0))) {
        IntegerFormat format = schemes.get(weights.get(0)).activations();
        // Made once here, so that a plan which cannot be computed is refused before it starts.
        inputs.put(node.name(), Layers.dynamic(node.operator(), format).input());
      }
    }
    return inputs;
  }

  static void requireProducts(Mode mode, String weight, NumberFormat format) {
    boolean fits =
        format instanceof IntegerFormat integers
            && !(integers.spread() instanceof Spread.PerGroup)
            && (!(integers.spread() instanceof Spread.PerChannel channels) || channels.axis() == 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s quantization multiplies integers, so %s needs an integer format with one scale a"
                  .formatted(mode, weight)
              + " tensor or an output channel, found %s; use .weightOnly()".formatted(format));
    }
  }

  /**
   * The format of those layers that read the point, the widest of several; where none does, of the
   * layer that makes it.
   */
  private static IntegerFormat format(
      Graph graph, String point, Map<String, Scheme> schemes, Scheme otherwise) {
    List<IntegerFormat> read = new ArrayList<>();
    List<IntegerFormat> made = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.operator().weights().stream().anyMatch(schemes::containsKey)) {
        IntegerFormat own = schemes.get(node.operator().weights().get(0)).activations();
        if (Points.source(graph, node.inputs().get(0)).equals(point)) {
          read.add(own);
        }
        if (Points.fused(graph, node.name()).equals(point)) {
          made.add(own);
        }
      }
    }
    read.addAll(read.isEmpty() ? made : List.of());
    return read.stream()
        .reduce((one, other) -> other.bits() > one.bits() ? other : one)
        .orElse(otherwise.activations());
  }
}
