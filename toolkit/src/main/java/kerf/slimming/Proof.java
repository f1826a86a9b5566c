package kerf.slimming;

import kerf.model.Agreement;
import kerf.model.Network;

/** Both networks on one batch of noise: what makes a slimming trustworthy. */
final class Proof {
  /** How far outputs may differ, as a fraction of the largest output. */
  static final double TOLERANCE = 1e-5;

  private Proof() {}

  /**
   * Compares outputs in inference.
   *
   * @return the largest difference over the largest output
   * @throws IllegalStateException if that is more than {@link #TOLERANCE}
   */
  static double difference(Network masked, Network slim) {
    double relative = Agreement.difference(masked, slim);
    if (!(relative <= TOLERANCE)) {
      throw new IllegalStateException(
          "a slim network must compute what the masked one does, to %s of the largest output, found"
                  .formatted(TOLERANCE)
              + " a difference of %.3g between outputs of %s and %s; nothing was changed"
                  .formatted(
                      relative, masked.architecture().describe(), slim.architecture().describe()));
    }
    return relative;
  }
}
