package kerf.training;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Session;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.GraphBlock;
import kerf.trace.Tap;

/** The outputs of some nodes of a network, kept from one batch to the next. */
final class Seen {
  private final Map<String, NDArray> outputs = new HashMap<>();

  /** Lets a session run its network's graph, and keeps what these nodes give out. */
  void in(Session session, List<String> names) {
    Graph graph = Graph.of(session.architecture());
    names.forEach(graph::node);
    Tap own =
        session.architecture().structure().block() instanceof GraphBlock block
            ? block.tap()
            : Tap.NONE;
    Tap tap =
        own.then(
            (node, output, training) -> {
              if (names.contains(node.name())) {
                outputs.put(node.name(), output);
              }
              return output;
            });
    session.through((inputs, training) -> graph.run(inputs, Binding.of(session, training), tap));
  }

  /** What a node gave out for the present batch. */
  NDArray output(String node) {
    return outputs.get(node);
  }
}
