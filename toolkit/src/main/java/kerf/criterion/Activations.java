package kerf.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kerf.model.Network;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.Tap;

/**
 * What the outputs of convolutions and linear layers are like when the network runs on the data, in
 * inference mode.
 */
public record Activations() implements Evidence<ChannelActivity> {
  @Override
  public String name() {
    return "activations";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DATA);
  }

  @Override
  public Map<String, ChannelActivity> find(Subject subject) {
    Network network = subject.network();
    Graph graph = Graph.of(network);
    Map<String, Outlet> outlets =
        Outlet.of(graph, network).stream()
            .collect(Collectors.toMap(outlet -> outlet.node().name(), outlet -> outlet));
    try (Probe probe = Probe.of(network)) {
      Map<String, ChannelSums> sums = probe.sums(outlets.values());
      Tap tap =
          (node, output, training) -> {
            Outlet outlet = outlets.get(node.name());
            if (outlet != null) {
              sums.get(outlet.layer()).add(output);
            }
            return output;
          };
      Binding binding = Binding.of(probe.session(), false);
      Probe.batches(subject.data(), (inputs, labels) -> graph.run(inputs, binding, tap));
      Map<String, ChannelActivity> found = new LinkedHashMap<>();
      // Of a layer that is used several times, the use without a ReLU tells.
      for (Outlet outlet : outlets.values()) {
        found.merge(
            outlet.layer(), activity(outlet, sums), (one, other) -> one.rectified() ? other : one);
      }
      return found;
    }
  }

  private static ChannelActivity activity(Outlet outlet, Map<String, ChannelSums> sums) {
    ChannelSums own = sums.get(outlet.layer());
    return new ChannelActivity(
        outlet.rectified(),
        outlet.after(),
        own.zeros(),
        own.means(),
        own.deviations(),
        own.meanMagnitudes());
  }
}
