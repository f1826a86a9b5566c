package kerf.observer;

import kerf.scheme.Quantizer;

/** What an observer has seen so far. Not a value: every batch changes it; for one thread. */
public interface ObserverState {
  /**
   * Sees a batch.
   *
   * @param values real numbers, row-major
   * @param shape their shape, batch included
   * @throws IllegalArgumentException if a value is not a finite number
   */
  void observe(float[] values, long... shape);

  /**
   * Chooses scales and zero points.
   *
   * @return a quantizer of the format observed for
   * @throws IllegalStateException if nothing was seen
   */
  Quantizer quantizer();
}
