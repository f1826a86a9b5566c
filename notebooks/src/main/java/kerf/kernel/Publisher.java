package kerf.kernel;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.zeromq.ZMQ;

/**
 * Sends publications no faster than they are read: the heap holds {@link #UNREAD} messages for a
 * slow reader, then the cell that prints has to wait. A reader that takes nothing for {@link
 * #PATIENCE_MILLIS} is given up: from then on it misses what it does not read, others miss nothing.
 *
 * <p>Of one thread, like its socket.
 */
final class Publisher {
  static final int UNREAD = 256;
  static final long PATIENCE_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 2;

  private final ZMQ.Socket socket;
  private final Runnable meanwhile;

  /**
   * @param socket an XPUB socket, not bound yet
   * @param meanwhile what else there is to do while a reader is waited for
   */
  Publisher(ZMQ.Socket socket, Runnable meanwhile) {
    this.socket = socket;
    this.meanwhile = meanwhile;
  }

  /** To be called before the socket is bound. */
  static void limit(ZMQ.Socket socket) {
    socket.setSndHWM(UNREAD);
    socket.setXpubNoDrop(true);
  }

  void publish(List<byte[]> frames) {
    // Subscriptions, and whatever else a stranger sends to a port that only speaks.
    while (socket.recv(ZMQ.DONTWAIT) != null) {}
    if (begin(frames) || awaited(frames)) {
      Wire.send(socket, frames.subList(1, frames.size()));
      return;
    }
    Main.LOG.println("kerf kernel: a reader of outputs has stopped reading, and will miss some");
    // Once it has missed one, ZeroMQ leaves it out until it reads again: the next waits for others.
    socket.setXpubNoDrop(false);
    Wire.send(socket, frames);
    socket.setXpubNoDrop(true);
  }

  /** The first frame decides: a message goes whole or not at all. */
  private boolean begin(List<byte[]> frames) {
    return socket.send(frames.get(0), ZMQ.DONTWAIT | ZMQ.SNDMORE);
  }

  private boolean awaited(List<byte[]> frames) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
      meanwhile.run();
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return false;
      }
      if (begin(frames)) {
        return true;
      }
    }
    return false;
  }
}
