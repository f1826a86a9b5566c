package kerf.experiment.damage;

/**
 * The piece of work that is saved at once.
 *
 * @param seed which repetition
 * @param course what is done
 * @param method who chooses; magnitude, which means nothing, for the dense network
 * @param round how many rounds of pruning and retraining, this one included
 */
record DamageUnit(long seed, Course course, Method method, int round) {
  /** What is done in a unit. */
  enum Course {
    /** The dense network is trained. */
    DENSE,
    /** It is cut further and further, and not retrained. */
    CUT,
    /** A fifth of what is left is cut, and the rest retrained. */
    RETRAINED
  }

  static DamageUnit dense(long seed) {
    return new DamageUnit(seed, Course.DENSE, Method.MAGNITUDE, 0);
  }

  /** The unit whose network this one starts from. */
  DamageUnit before() {
    return course == Course.RETRAINED && round > 1
        ? new DamageUnit(seed, course, method, round - 1)
        : dense(seed);
  }

  /** Where it is kept, relative to its study. */
  String path() {
    return switch (course) {
      case DENSE -> "seed-%d/dense.npz".formatted(seed);
      case CUT -> "seed-%d/%s/cut.npz".formatted(seed, method);
      case RETRAINED -> "seed-%d/%s/round-%02d.npz".formatted(seed, method, round);
    };
  }

  @Override
  public String toString() {
    return switch (course) {
      case DENSE -> "seed %d, dense".formatted(seed);
      case CUT -> "seed %d, %s, cut".formatted(seed, method);
      case RETRAINED -> "seed %d, %s, round %d".formatted(seed, method, round);
    };
  }
}
