package kerf.criterion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.trace.Activations;

/**
 * What the outputs of convolutions and linear layers are like when the network runs on the data, in
 * inference mode.
 */
public record ChannelActivities() implements Evidence<ChannelActivity> {
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
    Activations all = Activations.of(network, subject.data());
    Map<String, Outlet> outlets =
        Outlet.of(all.graph(), network).stream()
            .collect(Collectors.toMap(outlet -> outlet.node().name(), outlet -> outlet));
    try (Scope scope = Scope.open()) {
      Map<String, ChannelSums> sums = ChannelSums.of(outlets.values(), scope);
      all.at(outlets.keySet().toArray(String[]::new))
          .forEach((node, output) -> sums.get(outlets.get(node.name()).layer()).add(output));
      Map<String, ChannelActivity> found = new LinkedHashMap<>();
      // Of a layer that is used several times, the use without a ReLU tells.
      for (Outlet outlet : outlets.values()) {
        ChannelActivity own = activity(outlet, sums.get(outlet.layer()));
        found.merge(outlet.layer(), own, (one, other) -> one.rectified() ? other : one);
      }
      return found;
    }
  }

  private static ChannelActivity activity(Outlet outlet, ChannelSums sums) {
    return new ChannelActivity(
        outlet.rectified(),
        outlet.after(),
        sums.zeros(),
        sums.means(),
        sums.deviations(),
        sums.meanMagnitudes());
  }
}
