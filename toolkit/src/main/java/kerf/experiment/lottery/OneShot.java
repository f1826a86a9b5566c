package kerf.experiment.lottery;

import java.util.LinkedHashMap;
import java.util.Map;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;

/** Pruning once as much as an iterative plan prunes in several rounds, weight for weight. */
final class OneShot {
  private OneShot() {}

  /** The mask of a dense network that keeps as many weights as so many rounds of the plan. */
  static Mask mask(Pruning plan, Network dense, int rounds) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (LayerMask layer : dense.mask().layers()) {
      if (!plan.keep().contains(layer.name())) {
        sizes.put(layer.name(), layer.size());
      }
    }
    Pruning once = plan;
    for (Map.Entry<String, Integer> layer : sizes.entrySet()) {
      Goal own = plan.overrides().get(layer.getKey());
      if (own != null || plan.scope() == Scope.LAYERWISE) {
        once =
            once.goal(
                layer.getKey(),
                Goal.count(gone(own == null ? plan.goal() : own, layer.getValue(), rounds)));
      }
    }
    int shared =
        sizes.entrySet().stream()
            .filter(layer -> !plan.overrides().containsKey(layer.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return once.goal(Goal.count(gone(plan.goal(), shared, rounds))).mask(dense);
  }

  private static int gone(Goal goal, int total, int rounds) {
    int kept = total;
    for (int round = 0; round < rounds; round++) {
      kept -= goal.more(kept, total, "one-shot pruning");
    }
    return total - kept;
  }
}
