package kerf.quantization;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Quantizer;
import kerf.scheme.Spread;
import kerf.trace.Graph;
import kerf.trace.Node;

/** Which forms, points and inputs go with a graph and a mode. */
final class GridRules {
  private GridRules() {}

  /** Refuses what is of nothing in the graph, does not fit it, or does not go with the mode. */
  static void check(
      Graph graph,
      Mode mode,
      Map<String, WeightForm> forms,
      Map<String, Quantizer> points,
      Map<String, IntegerFormat> inputs) {
    forms.forEach((name, form) -> check(graph, mode, name, form));
    points.forEach((name, grid) -> check(graph, name, grid));
    requireNone(mode, Mode.STATIC, "points", points.keySet());
    requireNone(mode, Mode.DYNAMIC, "inputs", inputs.keySet());
    if (mode == Mode.DYNAMIC) {
      requireEqual("inputs of the layers with quantized weights", layers(graph, forms), inputs);
      inputs.forEach((name, format) -> Layers.dynamic(graph.node(name).operator(), format));
    }
  }

  private static void check(Graph graph, Mode mode, String name, WeightForm form) {
    long[] shape = graph.parameter(name).shape();
    List<Node> readers = Layers.with(graph, name);
    if (readers.isEmpty()) {
      throw new IllegalArgumentException(
          "forms are for weights of layers, found one for %s".formatted(name));
    }
    for (Node reader : readers) {
      if (!mode.serves(reader.operator())) {
        throw new IllegalArgumentException(
            "%s quantization has no arithmetic for %s, found quantized weights in %s; use .weightOnly() or keep it float"
                .formatted(mode, LayerKind.of(reader.operator()), reader.name()));
      }
    }
    if (form instanceof WeightForm.Grid grid) {
      grid.quantizer().requireFits(shape);
      if (mode != Mode.WEIGHT_ONLY) {
        Assignment.requireProducts(mode, name, grid.quantizer().format());
      }
    } else if (form instanceof ChannelPalette palettes && palettes.channels().size() != shape[0]) {
      throw new IllegalArgumentException(
          "%s has %d output channels, found values for %d"
              .formatted(name, shape[0], palettes.channels().size()));
    } else if (mode != Mode.WEIGHT_ONLY) {
      throw new IllegalArgumentException(
          "%s quantization multiplies integers, so %s needs a grid, found %s; use .weightOnly()"
              .formatted(mode, name, form));
    }
  }

  private static void check(Graph graph, String name, Quantizer grid) {
    graph.node(name);
    if (!(grid.format().spread() instanceof Spread.PerTensor) || grid.params().size() != 1) {
      throw new IllegalArgumentException(
          "activations share one scale a tensor, found %d scales of %s at %s; call perTensor()"
              .formatted(grid.params().size(), grid.format(), name));
    }
  }

  private static void requireNone(Mode mode, Mode only, String what, Set<String> names) {
    if (mode != only && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "%s are for %s quantization, found %s in %s quantization"
              .formatted(what, only, String.join(", ", names), mode));
    }
  }

  private static Set<String> layers(Graph graph, Map<String, WeightForm> forms) {
    Set<String> layers = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (node.operator().weights().stream().anyMatch(forms::containsKey)) {
        layers.add(node.name());
      }
    }
    return layers;
  }

  private static void requireEqual(String what, Set<String> expected, Map<String, ?> found) {
    if (!expected.equals(found.keySet())) {
      throw new IllegalArgumentException(
          "the %s must be on grids (%s), found %s"
              .formatted(
                  what,
                  String.join(", ", expected),
                  found.isEmpty() ? "none" : String.join(", ", found.keySet())));
    }
  }

  /**
   * Refuses a network of which something is quantized in part: a point without a grid, or a layer
   * of which not all weights are quantized.
   */
  static QuantizedGraph whole(QuantizedGraph form) {
    Graph graph = form.layers();
    Set<String> weights = form.forms().keySet();
    for (Node node : graph.nodes()) {
      List<String> own = node.operator().weights();
      if (own.stream().anyMatch(weights::contains) && !weights.containsAll(own)) {
        throw new IllegalArgumentException(
            "all weights of a layer are quantized or none, found %s of %s"
                .formatted(
                    String.join(", ", own.stream().filter(weights::contains).toList()),
                    node.name()));
      }
    }
    if (form.mode() == Mode.STATIC) {
      Set<String> found = form.points().keySet();
      Set<String> inner = Set.copyOf(Points.of(graph, weights, false));
      Set<String> all = Set.copyOf(Points.of(graph, weights, true));
      if (weights.isEmpty() || !found.containsAll(inner) || !all.containsAll(found)) {
        requireEqual("points of the quantized layers", new TreeSet<>(inner), form.points());
      }
    }
    return form;
  }
}
