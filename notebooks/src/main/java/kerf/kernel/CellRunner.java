package kerf.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs a cell's code, piece by piece, on the {@link CellThread}, and interrupts it.
 *
 * <p>An interrupt first asks: code typed in cells ends at its next turn or call, waits end with
 * InterruptedException, library loops that look at the thread's interrupt flag end when they look.
 * What has not ended after {@link #PATIENCE_MILLIS} is stopped where the JDK still can (before 20);
 * elsewhere its thread is left behind and the next cell gets a new one.
 *
 * <p>JShell passes results as strings; here a result stays the object it is, and JShell passes a
 * ticket for it.
 */
final class CellRunner extends DirectExecutionControl {
  static final long PATIENCE_MILLIS = 2000;

  private static final long POOL_MILLIS = 500;

  private static final class Piece extends CompletableFuture<Object> {}

  private final SnippetLoader loader;
  private final Map<String, Object> results = Collections.synchronizedMap(new HashMap<>());
  private int tickets;
  private int threads;
  private CellThread thread;
  private Request request;
  private Piece running;
  private boolean interrupted;
  private int leftBehind;

  CellRunner(SnippetLoader loader) {
    super(loader);
    this.loader = loader;
  }

  SnippetLoader loader() {
    return loader;
  }

  /** Until {@link #end}, an interrupt means this cell. */
  synchronized void begin(Request cell) {
    request = cell;
    interrupted = false;
  }

  void end() {
    if (interrupted()) {
      awaitPool();
    }
    synchronized (this) {
      request = null;
      results.clear();
      LoopGuard.arm(leftBehind > 0);
      LoopGuard.stopPool(false);
    }
  }

  /** The workers of a parallel pipeline see that they are to end only while they are told to. */
  private static void awaitPool() {
    long start = System.nanoTime();
    while (!ForkJoinPool.commonPool().isQuiescent()
        && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(POOL_MILLIS)) {
      Thread.onSpinWait();
    }
  }

  /** Whether the open cell has been interrupted, even if its code took no notice. */
  synchronized boolean interrupted() {
    return interrupted;
  }

  /** Hands out, once, the object that JShell knows by this ticket. */
  Object claim(String ticket) {
    return results.remove(ticket);
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    Object result = call(() -> snippet.invoke(null));
    String ticket;
    synchronized (this) {
      ticket = "#" + tickets++;
    }
    results.put(ticket, result);
    return ticket;
  }

  /**
   * Runs work on the cell thread and waits for it. Work that the running cell itself asks for, on
   * whatever thread, runs where it stands.
   *
   * @throws Exception what the work threw; an Error it threw comes inside an
   *     InvocationTargetException
   */
  Object call(Callable<?> work) throws Exception {
    Piece piece = new Piece();
    synchronized (this) {
      if (running != null) {
        return work.call();
      }
      if (interrupted) {
        throw new InvocationTargetException(new CellInterrupted("interrupted"));
      }
      if (thread == null || !thread.isAlive()) {
        thread = new CellThread(++threads, loader);
        thread.start();
      }
      running = piece;
      thread.hand(request, () -> run(piece, work));
    }
    try {
      return piece.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw new InvocationTargetException(e.getCause());
    }
  }

  private void run(Piece piece, Callable<?> work) {
    CellThread self = (CellThread) Thread.currentThread();
    Object value = null;
    Throwable thrown = null;
    try {
      value = work.call();
    } catch (Throwable e) {
      thrown = e;
    }
    synchronized (this) {
      if (running == piece) {
        running = null;
        self.stopping(false);
      } else {
        leftBehind--;
      }
    }
    if (thrown == null) {
      piece.complete(value);
    } else {
      piece.completeExceptionally(thrown);
    }
  }

  /** Interrupts the open cell; does nothing when there is none. */
  synchronized void interrupt() {
    if (request == null) {
      return;
    }
    interrupted = true;
    if (running != null) {
      LoopGuard.stopPool(true);
      LoopGuard.arm(true);
      thread.stopping(true);
      Piece piece = running;
      CellThread cell = thread;
      Thread watch = new Thread(() -> insist(piece, cell), "kerf-interrupt");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private void insist(Piece piece, CellThread cell) {
    if (ended(piece, PATIENCE_MILLIS)) {
      return;
    }
    if (stop(cell) && ended(piece, PATIENCE_MILLIS)) {
      return;
    }
    CellInterrupted thrown =
        new CellInterrupted(
            "the code did not stop within "
                + PATIENCE_MILLIS / 1000
                + " s; it goes on in the background until the kernel restarts");
    synchronized (this) {
      if (running != piece) {
        return;
      }
      thrown.setStackTrace(cell.getStackTrace());
      running = null;
      thread = null;
      leftBehind++;
      cell.leaveBehind();
    }
    piece.completeExceptionally(new InvocationTargetException(thrown));
  }

  private static boolean ended(Piece piece, long millis) {
    try {
      piece.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException | InterruptedException e) {
      return piece.isDone();
    }
  }

  /** Thread.stop, which JDK 20 and later refuse: a last resort for code that takes no notice. */
  private static boolean stop(Thread cell) {
    try {
      Thread.class.getMethod("stop").invoke(cell);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
