package kerf.experiment.calibration;

/**
 * The piece of work that is saved at once.
 *
 * @param seed which repetition
 * @param images how many images calibrators look at; 0 for the training of the network
 */
record Unit(long seed, int images) {

  static Unit training(long seed) {
    return new Unit(seed, 0);
  }

  boolean trains() {
    return images == 0;
  }

  /** Where it is kept, relative to its study. */
  String path() {
    return trains()
        ? "seed-%d/network.npz".formatted(seed)
        : "seed-%d/images-%d.npz".formatted(seed, images);
  }

  @Override
  public String toString() {
    return trains() ? "seed " + seed : "seed %d, %,d images".formatted(seed, images);
  }
}
