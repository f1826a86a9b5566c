package kerf.slimming;

import java.util.BitSet;
import java.util.List;
import kerf.argument.Names;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.trace.Graph;

/** One slimming: what is cut of a network, and the network that is left. */
final class Cutting {
  private static final String SLIM = "slim ";

  private final Network masked;
  private final Wiring wiring;
  private final Removal removal;
  private final BitSet gone;
  private final Recipe recipe;

  Cutting(Slimming plan, Network masked) {
    masked.requireFree();
    this.masked = masked;
    Graph graph = Graph.of(masked);
    this.wiring = new Wiring(graph);
    this.removal = new Removal(wiring, masked, Removal.connections(graph, masked));
    requireLayers(plan);
    BitSet kept = removal.channels(plan.keep());
    this.gone = new Choice(wiring, removal, masked, plan.multiple()).choose(kept);
    this.recipe = new Recipe(wiring, removal, masked, gone);
  }

  private void requireLayers(Slimming plan) {
    for (String layer : plan.keep()) {
      if (!removal.connections().containsKey(layer)) {
        throw new IllegalArgumentException(
            "keep names layer %s, found only %s"
                .formatted(layer, Names.listed(layer, removal.connections().keySet())));
      }
    }
  }

  Recipe recipe() {
    return recipe;
  }

  Slimmed slimmed() {
    Reporter reporter = new Reporter(wiring, removal, gone);
    List<String> left = reporter.left();
    if (gone.isEmpty()) {
      if (!left.isEmpty() && !isSlim()) {
        throw new IllegalArgumentException(
            "nothing can be removed from this network: " + String.join("; ", left));
      }
      return new Slimmed(masked, report(masked, reporter.cuts(wiring.graph()), left, 0));
    }
    Graph graph = recipe.graph();
    Network slim =
        new Network(architecture(masked.architecture(), graph), recipe.values(masked))
            .masked(recipe.mask(masked));
    return new Slimmed(
        slim, report(slim, reporter.cuts(graph), left, Proof.difference(masked, slim)));
  }

  private static SlimmingReport report(
      Network slim, List<Cut> cuts, List<String> left, double difference) {
    return new SlimmingReport(slim.architecture().describe(), cuts, left, difference);
  }

  private boolean isSlim() {
    return masked.architecture().describe().startsWith(SLIM);
  }

  /** The architecture of a smaller graph, named after the one it was cut from. */
  static Architecture architecture(Architecture whole, Graph graph) {
    String name = whole.describe().split("[(#]", 2)[0];
    return graph.architecture(name.startsWith(SLIM) ? name : SLIM + name, whole.initialization());
  }
}
