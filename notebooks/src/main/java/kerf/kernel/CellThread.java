package kerf.kernel;

import java.util.concurrent.LinkedBlockingQueue;

/**
 * The thread that runs a user's code. There is one at a time; one that cannot be stopped is left
 * behind.
 */
final class CellThread extends Thread {
  /** The cell whose code a thread runs; threads that a cell starts inherit it. */
  static final InheritableThreadLocal<Request> REQUEST = new InheritableThreadLocal<>();

  private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private volatile boolean stopping;
  private volatile boolean leftBehind;

  CellThread(int number, ClassLoader loader) {
    super("kerf-cell-" + number);
    setDaemon(true);
    setContextClassLoader(loader);
  }

  /** Hands over the next piece of the cell that {@code request} asked for. */
  void hand(Request cell, Runnable piece) {
    work.add(
        () -> {
          REQUEST.set(cell);
          piece.run();
        });
  }

  boolean stopping() {
    return stopping;
  }

  /** Asks the running code to end: its loops through the guard, its waits through the interrupt. */
  void stopping(boolean on) {
    stopping = on;
    if (on) {
      interrupt();
    } else if (Thread.currentThread() == this) {
      Thread.interrupted();
    }
  }

  /** No more work for this thread: it ends as soon as its code lets it, and keeps being told to. */
  void leaveBehind() {
    leftBehind = true;
    work.add(() -> {});
  }

  @Override
  public void run() {
    while (!leftBehind) {
      try {
        work.take().run();
      } catch (InterruptedException e) {
        // An interrupt that came after the cell had ended; nothing is running that it could mean.
      }
    }
  }
}
