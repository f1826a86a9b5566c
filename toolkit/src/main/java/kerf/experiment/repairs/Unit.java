package kerf.experiment.repairs;

import kerf.model.Architecture;

/**
 * The piece of work that is saved at once: one network trained, or quantized in one way.
 *
 * @param network which one
 * @param seed which repetition
 * @param arm what is done
 * @param bits of the weights; 32 for the float network
 */
record Unit(Architecture network, long seed, Arm arm, int bits) {
  private static final int FLOAT_BITS = 32;

  static Unit trained(Architecture network, long seed) {
    return new Unit(network, seed, Arm.FLOAT, FLOAT_BITS);
  }

  /** The network's kind, as figures name it. */
  static String kind(Architecture network) {
    return network.describe().split("[(#]", 2)[0];
  }

  /** Where it is kept, relative to its network's folder. */
  String path() {
    return "seed-%d/%s-%d.npz".formatted(seed, arm.slug(), bits);
  }

  @Override
  public String toString() {
    return arm == Arm.FLOAT
        ? "%s, seed %d".formatted(kind(network), seed)
        : "%s, seed %d, %d bits, %s".formatted(kind(network), seed, bits, arm);
  }
}
