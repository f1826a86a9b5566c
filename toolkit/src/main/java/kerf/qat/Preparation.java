package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.quantization.Folding;
import kerf.quantization.Points;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Spread;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;

/** Rewrites a network's graph so that it computes with rounded numbers and can be trained. */
final class Preparation {
  private final Qat plan;
  private final Network network;
  private final Graph original;
  private final Graph folded;
  private Graph graph;

  Preparation(Qat plan, Network network) {
    this.plan = plan;
    this.network = network;
    this.original = Graph.of(network);
    if (original.nodes().stream().anyMatch(n -> n.operator() instanceof QuantizedLayer)) {
      throw new IllegalArgumentException(
          "%s is prepared for quantization-aware training already; prepare the float network, or train this one on with training()"
              .formatted(network.architecture().describe()));
    }
    this.folded = Graph.of(Folding.fold(network));
    this.graph = original;
  }

  Network prepared() {
    Set<String> weights = chosen();
    for (Node node : original.nodes()) {
      if (node.operator() instanceof BatchNorm norm) {
        replace(node, new FreezableBatchNorm(norm, Switch.STATE));
      } else if (multiplies(node.operator()) && weights.containsAll(node.operator().weights())) {
        quantizeWeights(node);
      }
    }
    for (String point : Points.of(folded, weights, plan.ends())) {
      quantizeOutput(point);
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      boolean own = original.parameters().contains(spec);
      values.put(spec.name(), own ? network.values(spec.name()) : new float[spec.size()]);
    }
    return new Network(
            graph.architecture(
                "qat " + network.architecture().describe(),
                network.architecture().initialization()),
            values)
        .masked(network.mask());
  }

  /** The weights to quantize. */
  private Set<String> chosen() {
    Set<String> layers = new LinkedHashSet<>();
    Set<String> chosen = new LinkedHashSet<>();
    for (Node node : folded.nodes()) {
      if (multiplies(node.operator())) {
        String weight = node.operator().weights().get(0);
        String layer = folded.parameter(weight).layer();
        layers.add(layer);
        if (!plan.keptFloat().contains(layer) && (plan.ends() || !isEnd(node))) {
          chosen.add(weight);
        }
      }
    }
    for (String kept : plan.keptFloat()) {
      if (!layers.contains(kept)) {
        throw new IllegalArgumentException(
            "no layer '%s' to keep float; it has %s".formatted(kept, String.join(", ", layers)));
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing of %s is left to quantize; it has %s, of which the first convolution and the last layer stay float unless .ends() is called"
              .formatted(network.architecture().describe(), String.join(", ", layers)));
    }
    return chosen;
  }

  private boolean isEnd(Node node) {
    return Points.isEnd(folded, Points.fused(folded, node.name()))
        || node.operator() instanceof Convolution conv
            && conv.inputs() < 4
            && Points.source(folded, node.inputs().get(0)).equals(folded.input().name());
  }

  private static boolean multiplies(Operator operator) {
    return operator instanceof Convolution || operator instanceof Linear;
  }

  private void quantizeWeights(Node node) {
    String weight = node.operator().weights().get(0);
    ParameterSpec spec = original.parameter(weight);
    IntegerFormat format = plan.weightFormat();
    requireRows(format, spec);
    Optional<Fold> fold =
        plan.folded()
            ? foldedInto(node.name())
                .map(norm -> (BatchNorm) norm.operator())
                .map(norm -> new Fold(norm.scale(), norm.runningVariance(), norm.epsilon()))
            : Optional.empty();
    WeightRange range = plan.weightRange(spec.layer() + ".weightRange");
    Shape shape = new Shape(spec.shape());
    QuantizedLayer layer =
        new QuantizedLayer(node.operator(), weight, shape, format, range, fold, Switch.STATE);
    if (range instanceof WeightRange.Moving moving) {
      replace(
          node, layer, state(moving.range(), spec.layer(), 2, QuantizedLayer.rows(format, shape)));
    } else {
      replace(node, layer);
    }
  }

  private static void requireRows(IntegerFormat format, ParameterSpec spec) {
    Spread spread = format.spread();
    if (spread instanceof Spread.PerChannel channels && channels.axis() != 0) {
      throw new IllegalArgumentException(
          "weights are trained with one scale a tensor, output channel (axis 0) or group, found %s"
              .formatted(format));
    }
    if (spread instanceof Spread.PerGroup group
        && spec.size() / spec.shape()[0] % group.size() != 0) {
      throw new IllegalArgumentException(
          "groups must divide the %d weights of an output of %s, found %s"
              .formatted(spec.size() / spec.shape()[0], spec.layer(), format));
    }
  }

  /** The batch normalization that folding takes into a layer. */
  private Optional<Node> foldedInto(String layer) {
    List<Node> readers = original.readers(layer);
    return readers.stream()
        .filter(reader -> reader.operator() instanceof BatchNorm)
        .filter(reader -> folded.nodes().stream().noneMatch(n -> n.name().equals(reader.name())))
        .findFirst();
  }

  private void quantizeOutput(String point) {
    String node = foldedInto(point).map(Node::name).orElse(point);
    String range = point + ".range";
    graph =
        graph.inserted(
            behindMaxima(node),
            point + ".quantized",
            new RunningFakeQuantize(
                range, Switch.STATE, plan.scheme().activations(), plan.averaging()),
            missing(state(range, point, 2, 1), switches()));
  }

  /** Rounding never changes which of two numbers is greater, so the fewer maxima are rounded. */
  private String behindMaxima(String node) {
    String at = node;
    List<Node> readers = graph.readers(at);
    while (readers.size() == 1
        && !graph.output().equals(at)
        && readers.get(0).operator() instanceof Pooling pooling
        && pooling.kind() == Pooling.Kind.MAXIMUM) {
      at = readers.get(0).name();
      readers = graph.readers(at);
    }
    return at;
  }

  private void replace(Node node, Operator operator, ParameterSpec... added) {
    ParameterSpec[] all = java.util.Arrays.copyOf(added, added.length + 1);
    all[added.length] = switches();
    boolean used = operator.parameters().contains(Switch.STATE);
    graph = graph.replaced(node.name(), operator, missing(used ? all : added));
  }

  private ParameterSpec[] missing(ParameterSpec... specs) {
    return java.util.Arrays.stream(specs)
        .filter(spec -> !graph.parameters().contains(spec))
        .toArray(ParameterSpec[]::new);
  }

  private static ParameterSpec switches() {
    return state(Switch.STATE, "qat", Switch.values().length);
  }

  private static ParameterSpec state(String name, String layer, long... shape) {
    return new ParameterSpec(name, layer, ParameterSpec.Role.STATE, shape);
  }
}
