package kerf.observer;

import kerf.scheme.IntegerFormat;

/**
 * Least and greatest number of each batch, averaged; the first batch sets them.
 *
 * @param constant the weight of a new batch, in (0, 1]
 */
public record MovingAverage(float constant) implements Observer {
  /**
   * Checks the constant.
   *
   * @param constant the weight of a new batch, in (0, 1]
   */
  public MovingAverage {
    if (!(constant > 0 && constant <= 1)) {
      throw new IllegalArgumentException(
          "the averaging constant must be in (0, 1], found %s; PyTorch's is 0.01"
              .formatted(constant));
    }
  }

  @Override
  public ObserverState start(IntegerFormat format) {
    return new RunningRange(this, format, constant, false);
  }

  @Override
  public String toString() {
    return "movingAverage(%s)".formatted(constant);
  }
}
