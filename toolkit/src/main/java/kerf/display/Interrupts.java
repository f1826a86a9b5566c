package kerf.display;

import java.util.concurrent.CancellationException;

/** Answers a notebook's stop button in long work. */
public final class Interrupts {
  private Interrupts() {}

  /**
   * Ends the work if the current thread was interrupted. The thread's mark stays set, so that all
   * the work around ends as well. Costs nothing worth counting: call it at each step.
   *
   * @throws CancellationException if the thread was interrupted
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "interrupted: the work stopped between two steps; run it again when you like");
    }
  }
}
