package kerf.kernel;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * {@code System.in} of the cells: asks the front end for a line when it has none left. Where the
 * front end cannot answer, as in a headless run, the stream is at its end.
 */
final class CellInput extends InputStream {
  private final Supplier<Request> current;
  private volatile CompletableFuture<String> answer;
  private volatile boolean allowed;
  private byte[] line = new byte[0];
  private int next;

  CellInput(Supplier<Request> current) {
    this.current = current;
  }

  /** Whether the cell that starts now may ask. What an earlier cell left unread is gone. */
  synchronized void begin(boolean mayAsk) {
    allowed = mayAsk;
    line = new byte[0];
    next = 0;
  }

  /** An answer from the front end; one that nobody waits for any more is dropped. */
  void answer(String value) {
    CompletableFuture<String> waiting = answer;
    if (waiting != null) {
      waiting.complete(value);
    }
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }

  @Override
  public synchronized int read() {
    return fill() ? line[next++] & 0xff : -1;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(line, next, bytes, offset, count);
    next += count;
    return count;
  }

  /** False at the end of the stream. */
  private boolean fill() {
    if (next < line.length) {
      return true;
    }
    if (!allowed) {
      return false;
    }
    CompletableFuture<String> waiting = new CompletableFuture<>();
    answer = waiting;
    current.get().ask("", false);
    try {
      line = (waiting.get() + "\n").getBytes(StandardCharsets.UTF_8);
      next = 0;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CellInterrupted("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      answer = null;
    }
  }
}
