package kerf.criterion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.Network;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;

/**
 * The scale of the batch normalization that follows a layer, a number a channel; only of layers
 * that feed one and nothing else.
 */
public record BatchNormScales() implements Evidence<float[]> {
  @Override
  public String name() {
    return "batch-norm scales";
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Network network = subject.network();
    Graph graph = Graph.of(network);
    Map<String, float[]> scales = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .prunable()
        .forEach(
            (layer, weight) -> {
              List<BatchNorm> following = Outlet.normalizations(graph, weight.name());
              if (following.size() == 1) {
                scales.put(layer, network.values(following.get(0).scale()));
              }
            });
    return scales;
  }
}
