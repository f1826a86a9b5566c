package kerf.experiment.damage;

import kerf.criterion.Criterion;
import kerf.criterion.OptimalBrainDamage;
import kerf.data.Samples;
import kerf.granularity.Scope;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.training.Loss;

/** The ways to choose weights that are compared; all layers compete. */
public enum Method {
  /** The smallest weights. */
  MAGNITUDE("magnitude"),
  /** Optimal Brain Damage: the least second-order rise of the loss, the others left alone. */
  OBD("OBD"),
  /** Optimal Brain Surgeon: the least rise with the others adjusted, and adjusts them. */
  OBS("OBS"),
  /** Any. */
  RANDOM("random");

  private final String words;

  Method(String words) {
    this.words = words;
  }

  /** What scores weights; the surgeon has no criterion. */
  Criterion criterion(Loss loss, long seed) {
    return switch (this) {
      case MAGNITUDE -> Criterion.magnitude();
      case OBD -> new OptimalBrainDamage().loss(loss);
      case RANDOM -> Criterion.random(seed);
      case OBS -> throw new IllegalStateException("OBS is no criterion: it changes other weights");
    };
  }

  /**
   * Deletes weights.
   *
   * @param network the network; it stays as it is
   * @param goal how many
   * @param samples what second derivatives are taken over
   * @param loss the loss the network was trained with
   * @param seed what random choices come from
   */
  Network delete(Network network, Goal goal, Samples samples, Loss loss, long seed) {
    if (this == OBS) {
      return OptimalBrainSurgeon.plan().data(samples).loss(loss).goal(goal).prune(network);
    }
    return Pruning.plan()
        .criterion(criterion(loss, seed))
        .data(samples)
        .scope(Scope.GLOBAL)
        .goal(goal)
        .prune(network);
  }

  /** As figures and tables name it. */
  @Override
  public String toString() {
    return words;
  }
}
