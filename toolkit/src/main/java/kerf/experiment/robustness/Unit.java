package kerf.experiment.robustness;

import java.util.Locale;

/**
 * The piece of work that is saved at once: one network trained and measured.
 *
 * @param seed which repetition
 * @param net which network
 */
record Unit(long seed, Net net) {

  /** Where it is kept, relative to its study. */
  String path() {
    return "seed-%d/%s.npz"
        .formatted(seed, net.toString().toLowerCase(Locale.ROOT).replace(' ', '-'));
  }

  @Override
  public String toString() {
    return "seed %d, %s".formatted(seed, net);
  }
}
