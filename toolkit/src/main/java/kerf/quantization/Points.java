package kerf.quantization;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kerf.trace.Add;
import kerf.trace.Concatenation;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * Finds the points of a graph where activations must be on a grid, so that chosen layers can be
 * computed in integers: what these layers read, what they give out (behind a ReLU that follows),
 * and sums and concatenations all of whose inputs are on grids. Max pooling, flattening and the
 * like pass integers on, so a point is at the node whose values they pass on.
 */
public final class Points {
  private final Graph graph;
  private final Set<String> weights;
  private final boolean ends;
  private final Set<String> found = new LinkedHashSet<>();

  private Points(Graph graph, Set<String> weights, boolean ends) {
    this.graph = graph;
    this.weights = weights;
    this.ends = ends;
  }

  /**
   * Finds points.
   *
   * @param graph a graph with batch normalization folded
   * @param weights the names of the weights that are quantized, such as {@code conv1.weight}
   * @param ends whether the network's own output is a point too; otherwise logits stay float
   * @return names of nodes in the graph's order; the output of each is quantized, for all its
   *     readers
   */
  public static List<String> of(Graph graph, Set<String> weights, boolean ends) {
    Points points = new Points(graph, weights, ends);
    int before;
    do {
      before = points.found.size();
      graph.nodes().forEach(points::visit);
    } while (points.found.size() > before);
    return graph.nodes().stream().map(Node::name).filter(points.found::contains).toList();
  }

  /**
   * Finds where values come from that a node passes on.
   *
   * @param graph a graph
   * @param node the name of a node, such as one that a layer reads
   * @return the node itself, or the one before the max pooling, flattening, reshaping and dropout
   *     that lead to it
   */
  public static String source(Graph graph, String node) {
    Node at = graph.node(node);
    while (Layers.passesOn(at.operator())) {
      at = graph.node(at.inputs().get(0));
    }
    return at.name();
  }

  /**
   * Finds where a layer's output is complete.
   *
   * @param graph a graph
   * @param node the name of a node
   * @return the ReLU, ReLU6 or clipping that alone reads the node; else the node itself
   */
  public static String fused(Graph graph, String node) {
    List<Node> readers = graph.readers(node);
    return readers.size() == 1
            && Layers.clips(readers.get(0).operator())
            && !graph.output().equals(node)
        ? readers.get(0).name()
        : node;
  }

  /**
   * Tells whether a node's values are the network's output, or become it by a softmax or by being
   * passed on.
   *
   * @param graph a graph
   * @param node the name of a node
   * @return true for logits
   */
  public static boolean isEnd(Graph graph, String node) {
    String at = node;
    while (!graph.output().equals(at)) {
      List<Node> readers = graph.readers(at);
      if (readers.size() != 1
          || !Layers.passesOn(readers.get(0).operator())
              && !Layers.normalizesScores(readers.get(0).operator())) {
        return false;
      }
      at = readers.get(0).name();
    }
    return true;
  }

  private void visit(Node node) {
    boolean quantized =
        Layers.multiplies(node.operator()) && weights.containsAll(node.operator().weights());
    boolean joins =
        (node.operator() instanceof Add || node.operator() instanceof Concatenation)
            && node.inputs().stream().allMatch(input -> found.contains(source(graph, input)));
    if (quantized) {
      found.add(source(graph, node.inputs().get(0)));
    }
    if (quantized || joins) {
      String output = fused(graph, node.name());
      if (ends || !isEnd(graph, output)) {
        found.add(output);
      }
    }
  }
}
