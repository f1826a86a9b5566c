package kerf.experiment.lottery;

/**
 * The piece of work that is saved at once: one training.
 *
 * @param seed which repetition
 * @param arm which line
 * @param level how many rounds of pruning before it
 */
record Unit(long seed, Arm arm, int level) {

  /** Where it is kept, relative to its study. */
  String path() {
    String line = arm.toString().replace(' ', '-');
    return "seed-%d/%s/level-%02d.npz".formatted(seed, line, level);
  }

  /** A seed for what an arm draws besides the repetition's own initialization and data order. */
  long drawSeed() {
    return 1_000_003L * (1_000L * seed + level) + arm.ordinal();
  }

  @Override
  public String toString() {
    return "seed %d, %s, level %d".formatted(seed, arm, level);
  }
}
