package kerf.notebook;

import kerf.criterion.Criterion;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.pruning.Pruning;

/** Words for pruning: criteria, granularities, scopes, schedules. */
class PruningWords extends TrainingWords {
  PruningWords() {}

  /** Each layer is ranked by itself. */
  public static final Scope LAYERWISE = Scope.LAYERWISE;

  /** All layers are ranked together. */
  public static final Scope GLOBAL = Scope.GLOBAL;

  /**
   * A plan of pruning.
   *
   * @return the plan with every default filled in
   */
  public static Pruning pruning() {
    return Pruning.plan();
  }

  /**
   * The magnitude of a weight as its importance.
   *
   * @return the criterion
   */
  public static Criterion magnitude() {
    return Criterion.magnitude();
  }

  /**
   * Chance as a weight's importance, the control.
   *
   * @param seed any number
   * @return the criterion
   */
  public static Criterion random(long seed) {
    return Criterion.random(seed);
  }

  /**
   * Single weights, each by itself.
   *
   * @return the granularity
   */
  public static Granularity weights() {
    return Granularity.weights();
  }
}
