package kerf.trace;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import kerf.data.SampleTensors;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * What passes through a network in inference on some samples, batch by batch: at no time are more
 * than one batch's outputs in memory.
 *
 * <pre>{@code
 * Activations.of(network, mnist().train()).at("relu1").forEach((node, batch) -> ...);
 * }</pre>
 */
public final class Activations {
  private static final int BATCH = 256;

  private final Network network;
  private final Graph graph;
  private final Samples samples;
  private final Set<String> nodes;
  private final int batch;

  private Activations(Network network, Graph graph, Samples samples, Set<String> nodes, int batch) {
    this.network = network;
    this.graph = graph;
    this.samples = samples;
    this.nodes = nodes;
    this.batch = batch;
  }

  /**
   * Looks at all nodes of a network's graph.
   *
   * @param network the network
   * @param samples what it computes on, in their order
   * @return activations not yet computed
   * @throws IllegalArgumentException if the network cannot be traced
   */
  public static Activations of(Network network, Samples samples) {
    Fit.require(network, samples);
    Graph graph = Graph.of(network);
    Set<String> all = new LinkedHashSet<>(graph.nodes().stream().map(Node::name).toList());
    return new Activations(network, graph, samples, all, BATCH);
  }

  /**
   * Looks at some nodes alone.
   *
   * @param names their names, such as {@code relu1}
   * @return activations of those nodes
   * @throws IllegalArgumentException if the graph has no such node
   */
  public Activations at(String... names) {
    Arrays.stream(names).forEach(graph::node);
    Set<String> chosen = new LinkedHashSet<>(Arrays.asList(names));
    return new Activations(network, graph, samples, chosen, batch);
  }

  /**
   * Sets how many samples are computed at once.
   *
   * @param size 1 or more; the last batch may be smaller
   * @return activations in such batches
   */
  public Activations batch(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch must be 1 or more, found " + size);
    }
    return new Activations(network, graph, samples, nodes, size);
  }

  /**
   * Gives the graph.
   *
   * @return the network's, for the names of its nodes
   */
  public Graph graph() {
    return graph;
  }

  /** Sees the outputs of nodes. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Sees the output of a node for a batch.
     *
     * @param node the node
     * @param output its output, the batch as axis 0; freed when the visitor returns
     */
    void visit(Node node, NDArray output);
  }

  /**
   * Computes, and shows the outputs of the chosen nodes, batch after batch and within a batch in
   * the graph's order.
   *
   * @param visitor called on this thread
   */
  public void forEach(Visitor visitor) {
    Tap own =
        network.architecture().structure().block() instanceof GraphBlock block
            ? block.tap()
            : Tap.NONE;
    Tap tap =
        own.then(
            (node, output, training) -> {
              if (nodes.contains(node.name())) {
                visitor.visit(node, output);
              }
              return output;
            });
    SampleTensors tensors = SampleTensors.of(samples);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      Binding binding = Binding.of(session, false);
      for (int first = 0; first < samples.size(); first += batch) {
        Interrupts.check();
        int start = first;
        int end = Math.min(first + batch, samples.size());
        Scope.passing(() -> graph.run(Scope.rows(tensors.images(), start, end), binding, tap));
      }
    } finally {
      // The tensors are freed with the samples, which nobody else may hold any more.
      Reference.reachabilityFence(samples);
    }
  }
}
