package kerf.training;

/** A point in training, or a length of it. */
public sealed interface Step {

  /**
   * Converts to iterations.
   *
   * @param perEpoch how many iterations one pass over the training images takes
   * @return the number of optimizer steps
   */
  long iterations(long perEpoch);

  /**
   * Says how long it is, for a reader.
   *
   * @return such as {@code 5 passes}
   */
  String words();

  /**
   * Counts optimizer steps.
   *
   * @param count 0 or more
   * @return the step
   */
  static Step iterations(int count) {
    return new Iterations(count);
  }

  /**
   * Counts passes over the training images.
   *
   * @param count 0 or more; fractions of a pass are allowed
   * @return the step
   */
  static Step epochs(double count) {
    return new Epochs(count);
  }

  /**
   * So many optimizer steps.
   *
   * @param count 0 or more
   */
  record Iterations(int count) implements Step {
    /**
     * Refuses a negative count.
     *
     * @param count 0 or more
     */
    public Iterations {
      if (count < 0) {
        throw new IllegalArgumentException(
            "iterations must be 0 or more, found %,d".formatted(count));
      }
    }

    @Override
    public long iterations(long perEpoch) {
      return count;
    }

    @Override
    public String words() {
      return "%,d iterations".formatted(count);
    }

    @Override
    public String toString() {
      return "iterations(" + count + ")";
    }
  }

  /**
   * So many passes over the training images.
   *
   * @param count 0 or more
   */
  record Epochs(double count) implements Step {
    /**
     * Refuses a negative count.
     *
     * @param count 0 or more
     */
    public Epochs {
      if (!(count >= 0 && count < 1e9)) {
        throw new IllegalArgumentException("epochs must be 0 or more, found " + count);
      }
    }

    @Override
    public long iterations(long perEpoch) {
      return (long) Math.rint(count * perEpoch);
    }

    @Override
    public String words() {
      return (count == Math.rint(count) ? "%.0f passes" : "%s passes").formatted(count);
    }

    @Override
    public String toString() {
      return "epochs(" + count + ")";
    }
  }
}
