package kerf.pruning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerf.criterion.Subject;
import kerf.granularity.NofM;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;

/**
 * One use of a plan: its layers scored, put into pools, pruned.
 *
 * @param plan what to prune
 * @param present what is kept now
 * @param weights gives a copy of a layer's weights by its name, pruned ones as 0
 * @param subject what may be found out about the network
 */
record Selection(Pruning plan, Mask present, Function<String, float[]> weights, Subject subject) {

  Mask mask() {
    requireLayers("goal", plan.overrides().keySet());
    requireLayers("keep", plan.keep());
    requireEither();
    subject.require(plan.criterion());
    Map<String, LayerMask> masks = new LinkedHashMap<>();
    present.layers().forEach(layer -> masks.put(layer.name(), layer));
    pruned().forEach(layer -> masks.put(layer.name(), layer));
    return Mask.of(List.copyOf(masks.values()));
  }

  private List<LayerMask> pruned() {
    List<Candidates> candidates = candidates();
    if (plan.granularity() instanceof NofM pattern) {
      requireNoGoal(pattern);
      return candidates.stream()
          .map(layer -> layer.without(Patterned.gone(layer, pattern)))
          .toList();
    }
    return pools(candidates).stream().flatMap(pool -> pool.prune().stream()).toList();
  }

  private List<Candidates> candidates() {
    List<Candidates> candidates = new ArrayList<>();
    for (LayerMask layer : present.layers()) {
      if (!plan.keep().contains(layer.name())) {
        float[] own = weights.apply(layer.name());
        candidates.add(
            Candidates.of(layer, own, subject, plan.criterion(), plan.granularity())
                .protectedBy(plan.floor()));
      }
    }
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "pruning needs at least one layer, found [%s] with [%s] kept"
              .formatted(String.join(", ", present.names()), String.join(", ", plan.keep())));
    }
    return candidates;
  }

  private List<Pool> pools(List<Candidates> candidates) {
    List<Pool> pools = new ArrayList<>();
    List<Candidates> together = new ArrayList<>();
    for (Candidates layer : candidates) {
      Goal own = plan.overrides().get(layer.layer());
      if (own == null && plan.scope() == Scope.GLOBAL) {
        together.add(layer);
      } else {
        pools.add(new Pool(own == null ? plan.goal() : own, List.of(layer), weights));
      }
    }
    if (!together.isEmpty()) {
      pools.add(new Pool(plan.goal(), together, weights));
    }
    return pools;
  }

  private void requireEither() {
    for (String layer : plan.overrides().keySet()) {
      if (plan.keep().contains(layer)) {
        throw new IllegalArgumentException(
            "a layer is kept or has a goal, found both for " + layer);
      }
    }
  }

  private void requireNoGoal(NofM pattern) {
    Pruning silent = Pruning.plan();
    if (!plan.goal().equals(silent.goal())
        || !plan.overrides().isEmpty()
        || plan.floor() != silent.floor()) {
      throw new IllegalArgumentException(
          "%s says by itself how much goes, found %s besides; leave goals and floor out"
              .formatted(pattern, plan));
    }
  }

  private void requireLayers(String word, Collection<String> layers) {
    for (String layer : layers) {
      if (!present.names().contains(layer)) {
        throw new IllegalArgumentException(
            "%s names layer %s, found only %s"
                .formatted(word, layer, String.join(", ", present.names())));
      }
    }
  }
}
