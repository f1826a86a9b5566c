package kerf.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kerf.trace.Activation;
import kerf.trace.BatchNorm;
import kerf.trace.Clip;
import kerf.trace.Dropout;
import kerf.trace.Flatten;
import kerf.trace.GlobalPooling;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.Pooling;

/**
 * The seams of a graph, and why its other layers have none behind them.
 *
 * @param seams in the graph's order
 * @param without the reason, by the name of the layer's node
 */
record Seams(List<Seam> seams, Map<String, String> without) {

  static Seams of(Graph graph) {
    List<Seam> seams = new ArrayList<>();
    Map<String, String> without = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Layer.of(node).ifPresent(layer -> new Walk(graph, node, layer).go(seams, without));
    }
    return new Seams(List.copyOf(seams), without);
  }

  /** Why layers have no seam behind them, in a line. */
  String reasons() {
    return without.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining("; "));
  }

  /** From a layer on to the next. */
  private static final class Walk {
    private final Graph graph;
    private final Layer first;
    private Node at;
    private int positions = 1;
    private boolean rectified;

    Walk(Graph graph, Node node, Layer first) {
      this.graph = graph;
      this.first = first;
      this.at = node;
    }

    void go(List<Seam> seams, Map<String, String> without) {
      Optional<String> reason = reason(first);
      while (reason.isEmpty()) {
        List<Node> readers = graph.readers(at.name());
        if (graph.output().equals(at.name())) {
          reason = Optional.of("gives the network's output");
        } else if (readers.size() != 1 || readers.get(0).inputs().size() != 1) {
          reason = Optional.of("read by " + names(readers));
        } else {
          Node next = readers.get(0);
          Optional<Layer> second = Layer.of(next);
          if (second.isPresent()) {
            reason = reason(second.get()).map(text -> second.get().node() + " " + text);
            if (reason.isEmpty() && second.get().inputs() != first.outputs() * positions) {
              reason = Optional.of(second.get().node() + " does not read it channel by channel");
            }
            if (reason.isEmpty()) {
              seams.add(new Seam(first, second.get(), positions, rectified));
              return;
            }
          } else {
            reason = pass(next);
            at = next;
          }
        }
      }
      without.put(first.node(), reason.get());
    }

    /** Why a layer cannot be rescaled at all. */
    private Optional<String> reason(Layer layer) {
      long users =
          graph.nodes().stream()
              .filter(node -> node.operator().parameters().contains(layer.weight()))
              .count();
      if (users > 1) {
        return Optional.of("is used at %d places".formatted(users));
      }
      Node node = graph.node(layer.node());
      boolean sequence = node.operator() instanceof Linear && node.shape().dimension() > 1;
      return sequence ? Optional.of("has its channels on the last axis") : Optional.empty();
    }

    /** Goes through a node, or says why a factor would not. */
    private Optional<String> pass(Node node) {
      Operator operator = node.operator();
      if (operator instanceof Flatten) {
        positions *= Math.toIntExact(at.shape().size() / at.shape().get(0));
        return Optional.empty();
      }
      if (operator instanceof BatchNorm) {
        return Optional.of("%s is not folded".formatted(node.name()));
      }
      if (operator instanceof Activation activation
          && activation.function() == Activation.Function.RELU) {
        rectified = true;
        return Optional.empty();
      }
      if (operator instanceof Clip clip && clip.low() == 0 && Double.isInfinite(clip.high())) {
        rectified = true;
        return Optional.empty();
      }
      boolean passes =
          operator instanceof Pooling
              || operator instanceof GlobalPooling
              || operator instanceof Dropout
              || (operator instanceof Activation activation
                  && activation.function() == Activation.Function.LEAKY_RELU);
      return passes
          ? Optional.empty()
          : Optional.of("%s does not let a factor pass".formatted(operator));
    }

    private static String names(List<Node> readers) {
      return readers.isEmpty()
          ? "nobody"
          : readers.stream().map(Node::name).collect(Collectors.joining(" and "));
    }
  }
}
