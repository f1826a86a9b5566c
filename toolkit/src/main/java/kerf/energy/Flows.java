package kerf.energy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Network;
import kerf.qat.QatTrained;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.Quantizer;
import kerf.trace.Activation;
import kerf.trace.BatchNorm;
import kerf.trace.Clip;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Reshape;

/** What passes between the nodes of a network, in which width, for one sample. */
final class Flows {
  private final Graph graph;
  private final Optional<QuantizedGraph> form;
  private final Network rounded;

  Flows(Network given) {
    Network network = given instanceof QatTrained trained ? trained.quantized() : given;
    this.form =
        network instanceof Quantized quantized ? Optional.of(quantized.form()) : Optional.empty();
    this.graph = form.map(QuantizedGraph::graph).orElseGet(() -> Graph.of(network));
    this.rounded = form.map(QuantizedGraph::rounded).orElse(network);
  }

  /** The weights of a parameter that are not 0 once rounded. */
  long nonzeros(String weight) {
    long nonzeros = 0;
    for (float value : rounded.values(weight)) {
      nonzeros += value == 0 ? 0 : 1;
    }
    return nonzeros;
  }

  /** The bytes that a node reads and writes. */
  long moved(Node node) {
    return bytes(node) + node.inputs().stream().mapToLong(input -> bytes(graph.node(input))).sum();
  }

  Graph graph() {
    return graph;
  }

  Optional<QuantizedGraph> form() {
    return form;
  }

  /**
   * Whether an operator works in the place of its input: no number moves. Activations and
   * normalization are taken as part of the layer before.
   */
  static boolean inPlace(Operator operator) {
    return operator instanceof Activation
        || operator instanceof BatchNorm
        || operator instanceof Clip
        || operator instanceof Dropout
        || operator instanceof Flatten
        || operator instanceof Reshape;
  }

  /** The node whose numbers a node's output holds: the node itself unless it works in place. */
  String holder(String name) {
    Node node = graph.node(name);
    return inPlace(node.operator()) ? holder(node.inputs().get(0)) : name;
  }

  /** The bytes of a node's output, on its grid if it has one. */
  long bytes(Node node) {
    return (node.shape().size() * bits(node) + 7) / 8;
  }

  private long bits(Node node) {
    Optional<Quantizer> grid = form.flatMap(graph -> graph.outputOf(node));
    if (grid.isPresent()) {
      return grid.get().format().bits();
    }
    // A pooling passes integers on as they came.
    boolean passes = node.operator().weights().isEmpty() && node.inputs().size() == 1;
    return form.isPresent() && passes
        ? form.get().inputOf(node).map(q -> (long) q.format().bits()).orElse(32L)
        : 32;
  }

  /** What is in memory while each node runs: its inputs, its output, and what later nodes read. */
  Map<String, Long> held() {
    List<Node> nodes = graph.nodes();
    Map<String, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).inputs()) {
        last.put(holder(input), i);
      }
    }
    last.put(holder(graph.output()), nodes.size());
    Map<String, Long> held = new LinkedHashMap<>();
    List<String> live = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      int now = i;
      if (!inPlace(node.operator())) {
        live.add(node.name());
      }
      held.put(node.name(), live.stream().mapToLong(name -> bytes(graph.node(name))).sum());
      live.removeIf(name -> last.getOrDefault(name, now) <= now);
    }
    return held;
  }
}
