package kerf.criterion;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.trace.Activation;
import kerf.trace.BatchNorm;
import kerf.trace.Convolution;
import kerf.trace.Dropout;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Pooling;

/**
 * Where the outputs of a layer are looked at: behind the nonlinearity that follows it, or, where
 * none does, at the last node before its outputs are mixed with others.
 *
 * @param layer the layer's name
 * @param node the node that is looked at
 * @param axis where its channels are, the batch being axis 0
 * @param channels how many there are
 * @param after the nonlinearity, or what follows instead of one
 */
record Outlet(String layer, Node node, int axis, int channels, String after) {
  /**
   * The outlets of all convolutions and linear layers; several of one that is used several times.
   */
  static List<Outlet> of(Graph graph, Network network) {
    List<Outlet> outlets = new ArrayList<>();
    for (Map.Entry<String, ParameterSpec> layer :
        network.architecture().structure().prunable().entrySet()) {
      for (Node node : graph.nodes()) {
        if (weighs(node, layer.getValue().name())) {
          outlets.add(of(graph, layer.getKey(), node));
        }
      }
    }
    return outlets;
  }

  /** The batch normalization that nothing but the layer feeds, and that alone reads it, if any. */
  static List<BatchNorm> normalizations(Graph graph, String weight) {
    return graph.nodes().stream()
        .filter(node -> weighs(node, weight))
        .map(node -> graph.readers(node.name()))
        .filter(readers -> readers.size() == 1 && readers.get(0).operator() instanceof BatchNorm)
        .map(readers -> (BatchNorm) readers.get(0).operator())
        .toList();
  }

  private static boolean weighs(Node node, String weight) {
    return (node.operator() instanceof Convolution || node.operator() instanceof Linear)
        && node.operator().weights().contains(weight);
  }

  private static Outlet of(Graph graph, String layer, Node start) {
    boolean convolution = start.operator() instanceof Convolution;
    Shape shape = start.shape();
    int axis = convolution ? 1 : shape.dimension();
    int channels = (int) shape.get(axis - 1);
    Node node = start;
    while (true) {
      List<Node> readers = graph.readers(node.name());
      if (readers.size() != 1) {
        String after = readers.isEmpty() ? "nothing" : readers.size() + " readers";
        return new Outlet(layer, node, axis, channels, after);
      }
      Node next = readers.get(0);
      if (next.operator() instanceof Activation activation) {
        return new Outlet(layer, next, axis, channels, activation.toString());
      }
      if (!keepsChannels(next)) {
        return new Outlet(layer, node, axis, channels, next.operator().toString());
      }
      node = next;
    }
  }

  private static boolean keepsChannels(Node node) {
    return node.operator() instanceof BatchNorm
        || node.operator() instanceof Dropout
        || node.operator() instanceof Pooling;
  }

  /** Whether a ReLU follows. */
  boolean rectified() {
    return node.operator() instanceof Activation activation
        && activation.function() == Activation.Function.RELU;
  }
}
