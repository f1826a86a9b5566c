package kerf.experiment.repairs;

import kerf.model.Architecture;

/**
 * The piece of work that is saved at once: one network trained, or quantized in one way.
 *
 * @param network which one
 * @param seed which repetition
 * @param channels as trained, or made uneven
 * @param arm what is done
 * @param bits of the weights; 32 for the float network
 */
record Unit(Architecture network, long seed, Channels channels, Arm arm, int bits) {
  private static final int FLOAT_BITS = 32;

  /** What becomes of the trained channels before anything is rounded. */
  enum Channels {
    /** They stay. */
    TRAINED,
    /** They are multiplied by powers of two, and what reads them divided. */
    UNEVEN
  }

  static Unit trained(Architecture network, long seed) {
    return new Unit(network, seed, Channels.TRAINED, Arm.FLOAT, FLOAT_BITS);
  }

  static Unit quantized(Architecture network, long seed, Arm arm, int bits) {
    return new Unit(network, seed, Channels.TRAINED, arm, bits);
  }

  static Unit uneven(Architecture network, long seed, Arm arm, int bits) {
    return new Unit(network, seed, Channels.UNEVEN, arm, bits);
  }

  /** The network's kind, and whether it was made uneven. */
  String kind() {
    return kind(network) + (channels == Channels.UNEVEN ? ", uneven" : "");
  }

  /** The network's kind, as figures name it. */
  static String kind(Architecture network) {
    return network.describe().split("[(#]", 2)[0];
  }

  /** Where it is kept, relative to its network's folder. */
  String path() {
    String made = channels == Channels.UNEVEN ? "uneven-" : "";
    return "seed-%d/%s%s-%d.npz".formatted(seed, made, arm.slug(), bits);
  }

  @Override
  public String toString() {
    return arm == Arm.FLOAT
        ? "%s, seed %d".formatted(kind(), seed)
        : "%s, seed %d, %d bits, %s".formatted(kind(), seed, bits, arm);
  }
}
