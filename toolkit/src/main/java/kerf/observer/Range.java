package kerf.observer;

/**
 * A stretch of real numbers.
 *
 * @param low the least
 * @param high the greatest
 */
public record Range(float low, float high) {

  /** What was asked of an observer that saw nothing. */
  static IllegalStateException unseen(Object observer) {
    return new IllegalStateException(
        observer
            + " saw no values, so there is no scale to give; run calibration data past it first:"
            + " calibrateOn(mnist().train().sample(512, 7))");
  }
}
