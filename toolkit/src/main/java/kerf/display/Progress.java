package kerf.display;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Shows how long work gets on: a bar, units done of the total, rate, time left, and what is being
 * done now.
 *
 * <p>In a notebook it is one display, updated in place at most ten times a second; in a terminal
 * one line, written over; where standard error is a file, a line every ten seconds at most. What
 * stays when the work is done holds no times, so that a notebook run twice stays the same. Several
 * threads may report to one progress. A display that fails never fails the work.
 */
public final class Progress implements AutoCloseable {
  private final Screen.Live live;
  private final LongSupplier clock;
  private final long start;
  private final String label;
  private final long total;
  private final ReentrantLock drawing = new ReentrantLock();

  private long done;
  private long skipped;
  private String message = "";
  private boolean closed;
  private long drawn;

  private Progress(String label, long total, Screen screen, LongSupplier clock) {
    if (total < 0) {
      throw new IllegalArgumentException(
          "the total of " + label + " must be 0 or more, found " + total);
    }
    this.label = label;
    this.total = total;
    this.live = screen.live();
    this.clock = clock;
    this.start = clock.getAsLong();
    this.drawn = start;
    draw(false);
  }

  /**
   * Begins to show work.
   *
   * @param label what is done, a word or two
   * @param total how many units there are, 0 or more
   * @return a progress at 0, shown on the {@linkplain Display#screen() screen at hand}; close it
   */
  public static Progress start(String label, long total) {
    return start(label, total, Display.screen(), System::nanoTime);
  }

  /**
   * Begins to show work on a screen and by a clock of one's own.
   *
   * @param label what is done, a word or two
   * @param total how many units there are, 0 or more
   * @param screen where to show it
   * @param clock nanoseconds from a fixed moment
   * @return a progress at 0; close it
   */
  public static Progress start(String label, long total, Screen screen, LongSupplier clock) {
    return new Progress(label, total, screen, clock);
  }

  /**
   * Shows a loop's progress. The loop also ends, with {@link CancellationException}, when its
   * thread is interrupted.
   *
   * @param <T> what is looped over
   * @param items what is looped over
   * @param label what is done with each, a word or two
   * @return the same items in the same order
   */
  public static <T> Iterable<T> of(Collection<? extends T> items, String label) {
    return () -> new Loop<>(items.iterator(), start(label, items.size()));
  }

  /**
   * One unit is done.
   *
   * @return this progress
   * @throws CancellationException if the current thread was interrupted
   */
  public Progress advance() {
    return advance(1);
  }

  /**
   * Some units are done.
   *
   * @param units how many
   * @return this progress
   * @throws CancellationException if the current thread was interrupted
   */
  public Progress advance(long units) {
    return count(units, 0);
  }

  /**
   * Some units need no doing, for instance because their results were read back from disk. They
   * count as done but not for the rate.
   *
   * @param units how many
   * @return this progress
   * @throws CancellationException if the current thread was interrupted
   */
  public Progress skip(long units) {
    return count(units, units);
  }

  private Progress count(long units, long free) {
    synchronized (this) {
      done += units;
      skipped += free;
    }
    tick();
    Interrupts.check();
    return this;
  }

  /**
   * Says what is being done now.
   *
   * @param now a few words, such as {@code seed 2, level 7}; empty for none
   * @return this progress
   */
  public Progress message(String now) {
    synchronized (this) {
      message = now;
    }
    tick();
    return this;
  }

  /** Shows the end state, once: how many units were done, without times. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    draw(true);
  }

  /** Draws if it is time and no other thread is drawing; the drawing is not worth a wait. */
  private void tick() {
    long now = clock.getAsLong();
    synchronized (this) {
      if (closed || now - drawn < live.pace().toNanos()) {
        return;
      }
      drawn = now;
    }
    draw(false);
  }

  private void draw(boolean last) {
    if (last) {
      drawing.lock();
    } else if (!drawing.tryLock()) {
      return;
    }
    try {
      Standing now = standing();
      if (last) {
        live.finish(now.finished());
      } else if (!closed()) {
        live.update(now.running());
      }
    } catch (RuntimeException e) {
      // A notebook that was closed, a broken pipe: the work goes on unseen.
      return;
    } finally {
      drawing.unlock();
    }
  }

  private synchronized boolean closed() {
    return closed;
  }

  private synchronized Standing standing() {
    return new Standing(label, done, skipped, total, clock.getAsLong() - start, message);
  }

  private record Loop<T>(Iterator<? extends T> items, Progress progress, boolean[] begun)
      implements Iterator<T> {
    private Loop(Iterator<? extends T> items, Progress progress) {
      this(items, progress, new boolean[1]);
    }

    @Override
    public boolean hasNext() {
      if (!items.hasNext()) {
        finishUnit();
        progress.close();
        return false;
      }
      return true;
    }

    @Override
    public T next() {
      finishUnit();
      begun[0] = true;
      return items.next();
    }

    private void finishUnit() {
      try {
        progress.advance(begun[0] ? 1 : 0);
        begun[0] = false;
      } catch (CancellationException e) {
        progress.close();
        throw e;
      }
    }
  }
}
