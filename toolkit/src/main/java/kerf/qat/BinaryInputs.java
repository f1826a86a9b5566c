package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.quantization.Folding;
import kerf.quantization.Quantization;
import kerf.scheme.LowBitFormat;
import kerf.trace.Activation;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;
import kerf.trace.Reshape;

/**
 * Rewrites a network so that layers of low bits read signs: batch normalization, sign, layer,
 * pooling, as M. Rastegari et al., "XNOR-Net", ECCV 2016, section 3.2 have it. Pooling the signs
 * themselves would leave almost nothing but +1.
 */
final class BinaryInputs {
  private static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.9f;

  private final Network network;
  private final Set<String> signed;
  private final Map<String, float[]> values = new LinkedHashMap<>();
  private Graph graph;

  BinaryInputs(Quantization plan, Network network) {
    this.network = network;
    this.graph = Graph.of(network);
    this.signed = new LinkedHashSet<>();
    plan.assign(Graph.of(Folding.fold(network)))
        .weights()
        .forEach(
            (weight, format) -> {
              if (format instanceof LowBitFormat) {
                signed.add(weight);
              }
            });
    graph.parameters().forEach(spec -> values.put(spec.name(), network.values(spec.name())));
  }

  Network rewritten() {
    for (Node node : Graph.of(network).nodes()) {
      if (node.operator().weights().stream().anyMatch(signed::contains)) {
        sign(node.name());
      }
    }
    Map<String, float[]> kept = new LinkedHashMap<>();
    graph.parameters().forEach(spec -> kept.put(spec.name(), values.get(spec.name())));
    return new Network(
            graph.architecture(
                "binary " + network.architecture().describe(),
                network.architecture().initialization()),
            kept)
        .masked(network.mask());
  }

  private void sign(String layer) {
    Node node = graph.node(layer);
    boolean multiplies =
        node.operator() instanceof Convolution
            || node.operator() instanceof Linear && node.shape().dimension() == 1;
    if (!multiplies) {
      throw new IllegalArgumentException(
          "signs are read by convolutions and linear layers on vectors, found %s at %s; keep it float with .keepFloat(\"%s\")"
              .formatted(
                  node.operator(),
                  layer,
                  graph.parameter(node.operator().weights().get(0)).layer()));
    }
    List<Node> path = path(layer);
    Node from = path.get(path.size() - 1);
    BatchNorm moved = null;
    List<ParameterSpec> own = new ArrayList<>();
    String place = from.name();
    String normalized = layer + ".normalized";
    boolean stays = false;
    boolean pooled = false;
    for (Node passed : path.subList(0, path.size() - 1)) {
      if (passed.operator() instanceof Activation) {
        graph = graph.without(passed.name());
      } else if (passed.operator() instanceof BatchNorm && !pooled && !stays) {
        stays = true;
        normalized = passed.name();
      } else if (passed.operator() instanceof BatchNorm norm && moved == null && !stays) {
        moved = norm;
        own.addAll(norm.parameters().stream().map(graph::parameter).toList());
        graph = graph.without(passed.name());
      } else if (passed.operator() instanceof Pooling && !pooled) {
        // The nearest to the layer: the path goes backwards.
        pooled = true;
        place = passed.name();
      }
    }
    if (!stays) {
      BatchNorm norm = moved == null ? added(layer, graph.node(place).shape(), own) : moved;
      graph = graph.inserted(place, normalized, norm, own.toArray(ParameterSpec[]::new));
    }
    Activation sign = new Activation(Activation.Function.SIGN);
    graph = graph.inserted(normalized, layer + ".sign", sign);
  }

  /** From a layer back to the last node that computes something else, that one included. */
  private List<Node> path(String layer) {
    List<Node> path = new ArrayList<>();
    Node at = graph.node(graph.node(layer).inputs().get(0));
    while (passes(at.operator())) {
      path.add(at);
      requireAlone(layer, at);
      at = graph.node(at.inputs().get(0));
    }
    requireAlone(layer, at);
    path.add(at);
    return path;
  }

  private void requireAlone(String layer, Node node) {
    if (graph.readers(node.name()).size() > 1) {
      throw new IllegalArgumentException(
          "%s is to read signs, but %s is read by others too (%s); leave binaryInputs() out, or keep the layer float"
              .formatted(
                  layer,
                  node.name(),
                  String.join(", ", graph.readers(node.name()).stream().map(Node::name).toList())));
    }
  }

  private static boolean passes(Operator operator) {
    return operator instanceof Flatten
        || operator instanceof Reshape
        || operator instanceof Dropout
        || operator instanceof BatchNorm
        || operator instanceof Pooling
        || operator instanceof Activation activation && activation.function().zeroes();
  }

  private BatchNorm added(String layer, Shape shape, List<ParameterSpec> own) {
    int channels = Math.toIntExact(shape.get(0));
    String name = layer + "Norm";
    own.add(spec(name, "scale", ParameterSpec.Role.SCALE, channels, 1));
    own.add(spec(name, "shift", ParameterSpec.Role.SHIFT, channels, 0));
    own.add(spec(name, "runningMean", ParameterSpec.Role.RUNNING_MEAN, channels, 0));
    own.add(spec(name, "runningVariance", ParameterSpec.Role.RUNNING_VARIANCE, channels, 1));
    List<String> names = own.stream().map(ParameterSpec::name).toList();
    return new BatchNorm(
        names.get(0), names.get(1), names.get(2), names.get(3), channels, EPSILON, MOMENTUM);
  }

  private ParameterSpec spec(
      String layer, String word, ParameterSpec.Role role, int channels, float start) {
    ParameterSpec spec = new ParameterSpec(layer + "." + word, layer, role, channels);
    float[] all = new float[channels];
    Arrays.fill(all, start);
    values.put(spec.name(), all);
    return spec;
  }
}
