package kerf.experiment.structured;

/**
 * The piece of work that is saved at once: one network trained.
 *
 * @param seed which repetition
 * @param arm what is done
 * @param kept the fraction of filters kept, or of filters at whose number of weights other weights
 *     are kept; 1 for a dense network
 */
record Unit(long seed, Arm arm, double kept) {

  static Unit dense(long seed) {
    return new Unit(seed, Arm.DENSE, 1);
  }

  /** Where it is kept, relative to its study. */
  String path() {
    return "seed-%d/%s-%s.npz".formatted(seed, arm.slug(), kept);
  }

  /**
   * The seed of its data order, and of its fresh weights, unless it is dense: another one for each
   * training, so that what starts from scratch is no winning ticket.
   */
  long freshSeed() {
    return arm == Arm.DENSE
        ? seed
        : (1_000_003L * seed + arm.ordinal()) * 1_000 + (long) Math.rint(1_000 * kept);
  }

  @Override
  public String toString() {
    return arm == Arm.DENSE
        ? "seed %d, dense".formatted(seed)
        : "seed %d, %s, %.0f %%".formatted(seed, arm, 100 * kept);
  }
}
