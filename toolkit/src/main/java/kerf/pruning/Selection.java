package kerf.pruning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import kerf.argument.Names;
import kerf.criterion.Subject;
import kerf.granularity.NofM;
import kerf.granularity.Part;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.slimming.CoupledLayers;
import kerf.slimming.Coupling;

/**
 * One use of a plan: its layers scored, put into pools, pruned.
 *
 * @param plan what to prune
 * @param present what is kept now
 * @param weights gives a copy of a layer's weights by its name, pruned ones as 0
 * @param subject what may be found out about the network
 * @param coupling finds out which layers lose channels together
 */
record Selection(
    Pruning plan,
    Mask present,
    Function<String, float[]> weights,
    Subject subject,
    Supplier<Coupling> coupling) {

  Mask mask() {
    requireFits();
    Map<String, LayerMask> masks = new LinkedHashMap<>();
    present.layers().forEach(layer -> masks.put(layer.name(), layer));
    pruned().forEach(layer -> masks.put(layer.name(), layer));
    return Mask.of(List.copyOf(masks.values()));
  }

  /** All that can be known to be wrong without looking at a weight. */
  void requireFits() {
    requireLayers("goal", plan.overrides().keySet());
    requireLayers("keep", plan.keep());
    requireEither();
    if (plan.keep().containsAll(present.names())) {
      requireSome(List.of());
    }
    subject.require(plan.criterion());
  }

  private List<LayerMask> pruned() {
    if (plan.granularity() == Part.CHANNELS) {
      return pools(coupled()).stream().flatMap(pool -> pool.prune().stream()).toList();
    }
    List<Candidates> candidates = candidates();
    if (plan.granularity() instanceof NofM pattern) {
      requireNoGoal(pattern);
      return candidates.stream()
          .flatMap(layer -> layer.without(Patterned.gone(layer, pattern)).stream())
          .toList();
    }
    return pools(candidates).stream().flatMap(pool -> pool.prune().stream()).toList();
  }

  private List<Candidates> candidates() {
    List<Candidates> candidates = new ArrayList<>();
    for (LayerMask layer : present.layers()) {
      if (!plan.keep().contains(layer.name())) {
        candidates.add(candidates(layer.name()).protectedBy(plan.floor()));
      }
    }
    requireSome(candidates);
    return candidates;
  }

  private Candidates candidates(String layer) {
    return Candidates.of(
        present.layer(layer), weights.apply(layer), subject, plan.criterion(), plan.granularity());
  }

  /** What coupled layers lose they lose together: if one of them is kept all are. */
  private List<CoupledCandidates> coupled() {
    List<CoupledCandidates> candidates = new ArrayList<>();
    for (CoupledLayers group : coupling.get().groups()) {
      if (group.removable() && group.layers().stream().noneMatch(plan.keep()::contains)) {
        candidates.add(CoupledCandidates.of(group, this::candidates).protectedBy(plan.floor()));
      }
    }
    requireSome(candidates);
    return candidates;
  }

  private void requireSome(List<? extends Contender> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "pruning needs at least one layer, found [%s] with [%s] kept"
              .formatted(String.join(", ", present.names()), String.join(", ", plan.keep())));
    }
  }

  private List<Pool> pools(List<? extends Contender> candidates) {
    List<Pool> pools = new ArrayList<>();
    List<Contender> together = new ArrayList<>();
    for (Contender layer : candidates) {
      Goal own = override(layer.layers());
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

  /** The goal that a plan has for some layers of their own, null if it has none. */
  private Goal override(List<String> layers) {
    List<String> named = layers.stream().filter(plan.overrides()::containsKey).toList();
    List<Goal> goals = named.stream().map(plan.overrides()::get).distinct().toList();
    if (goals.size() > 1) {
      throw new IllegalArgumentException(
          "layers that lose channels together must have one goal, found %s for %s"
              .formatted(goals, String.join(", ", named)));
    }
    return goals.isEmpty() ? null : goals.get(0);
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
                .formatted(word, layer, Names.listed(layer, present.names())));
      }
    }
  }
}
