package kerf.pruning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.granularity.NofM;
import kerf.mask.Mask;
import kerf.schedule.Schedule;
import kerf.training.Run;
import kerf.training.TrainingHook;

/**
 * Pruning while a network trains: at each update of the schedule the plan prunes the network as it
 * then is, to the sparsity wanted there. What was pruned stays pruned, unless the schedule gives it
 * back. Every update is noted: {@code trained.notes()} shows them.
 *
 * <p>A training that goes on from a checkpoint goes on pruning where it was. One that starts behind
 * some updates, from a network without their mask, catches up before its first step.
 *
 * @param plan what to prune; it has no goal, which is the schedule's to say
 * @param schedule how much, and when. A layer's own sparsity is its last one, approached in
 *     proportion to the schedule's
 */
public record GradualPruning(Pruning plan, Schedule schedule) implements TrainingHook {
  /**
   * Checks that the plan has no goals beside the schedule's.
   *
   * @param plan what to prune
   * @param schedule how much, and when
   */
  public GradualPruning {
    if (!plan.goal().equals(Pruning.plan().goal())) {
      throw new IllegalArgumentException(
          "in gradual pruning the schedule says how much goes, found %s besides; leave it out of the plan"
              .formatted(plan.goal()));
    }
    if (plan.granularity() instanceof NofM) {
      throw new IllegalArgumentException(
          "%s says by itself how much goes, found %s besides; prune by it at once"
              .formatted(plan.granularity(), schedule));
    }
    plan.overrides()
        .forEach(
            (layer, goal) -> {
              if (!(goal instanceof Goal.Sparsity)) {
                throw new IllegalArgumentException(
                    "in gradual pruning a layer's own goal must be a sparsity, found %s for %s"
                        .formatted(goal, layer));
              }
            });
  }

  @Override
  public Optional<String> identity() {
    return Optional.of(toString());
  }

  @Override
  public void start(Run run) {
    plan.requireFits(run.network());
    List<Long> updates = schedule.updates(run.perEpoch());
    long end = updates.get(updates.size() - 1);
    if (end > run.total()) {
      throw new IllegalArgumentException(
          "%s ends at iteration %,d, found a training until %,d; let the schedule end with it or before"
              .formatted(schedule, end, run.total()));
    }
    updates.stream()
        .filter(update -> update <= run.iteration())
        .reduce((first, second) -> second)
        .ifPresent(last -> update(run, last));
  }

  @Override
  public void afterStep(Run run) {
    if (schedule.updatesAt(run.iteration(), run.perEpoch())) {
      update(run, run.iteration());
    }
  }

  private void update(Run run, long due) {
    double wanted = schedule.sparsity(due, run.perEpoch());
    Mask before = run.mask();
    if (schedule.revives(due, run.perEpoch())) {
      run.revive();
    } else {
      run.prune(at(wanted).mask(run.network()));
    }
    if (due == run.iteration() || !run.mask().equals(before)) {
      run.note(PruningUpdate.of(run.iteration(), wanted, run.mask()));
    }
  }

  private Pruning at(double wanted) {
    Pruning now = plan.sparsity(wanted);
    for (Map.Entry<String, Goal> override : plan.overrides().entrySet()) {
      double own = ((Goal.Sparsity) override.getValue()).fraction();
      // At the end exactly its own, which the quotient might miss.
      double share = wanted == schedule.target() ? 1 : wanted / schedule.target();
      now = now.sparsity(override.getKey(), own * share);
    }
    return now;
  }

  @Override
  public String toString() {
    return "%s.gradually(%s)".formatted(plan, schedule);
  }
}
