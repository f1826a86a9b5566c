package kerf.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Everything the kernel says, in the order it was said.
 *
 * <p>Printed text is gathered: what one cell prints to one stream within {@link #GATHER_MILLIS}, or
 * until {@link #GATHER_CHARS}, leaves as one message. Anything else said after it ends the
 * gathering at once, so that prints and displays keep their order. A cell that prints faster than
 * the sender sends waits; nothing is ever dropped.
 *
 * <p>No method here heeds an interrupt of the calling thread, unless a cell that is to end would
 * have to wait: an interrupted cell must still be able to say so.
 */
final class Outbox {
  static final int GATHER_MILLIS = 40;
  static final int GATHER_CHARS = 32 * 1024;
  static final int PENDING_CHARS = 1024 * 1024;
  static final int PENDING_ITEMS = 256;

  /** A message on its way out. */
  record Parcel(Channel channel, Message message) {}

  private sealed interface Item permits Said, Printed {}

  private record Said(Parcel parcel) implements Item {}

  private static final class Printed implements Item {
    final Request request;
    final String stream;
    final StringBuilder text = new StringBuilder();
    final long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);

    Printed(Request request, String stream) {
      this.request = request;
      this.stream = stream;
    }
  }

  // Plain monitors: they stay sound when a cell thread is stopped inside them, explicit locks do
  // not.
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private int pendingChars;
  private boolean closed;

  synchronized void post(Channel channel, Message message) {
    items.addLast(new Said(new Parcel(channel, message)));
    notifyAll();
  }

  /** As {@link #post}, for what a cell may say without end: waits when much is waiting already. */
  synchronized void publish(Message message) {
    awaitRoom();
    post(Channel.IOPUB, message);
  }

  synchronized void print(Request request, String stream, String text) {
    awaitRoom();
    if (items.peekLast() instanceof Printed last
        && last.request == request
        && last.stream.equals(stream)
        && last.text.length() < GATHER_CHARS) {
      last.text.append(text);
    } else {
      Printed printed = new Printed(request, stream);
      printed.text.append(text);
      items.addLast(printed);
    }
    pendingChars += text.length();
    notifyAll();
  }

  private void awaitRoom() {
    boolean interrupted = false;
    while ((pendingChars >= PENDING_CHARS || items.size() >= PENDING_ITEMS) && !closed) {
      if (Thread.currentThread() instanceof CellThread cell && cell.stopping()) {
        throw new CellInterrupted("interrupted");
      }
      interrupted |= !pause(0);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing more will be said: {@link #take} hands out what is left, then null. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** The next message, once there is one that is due; null after the last. */
  synchronized Parcel take() {
    while (true) {
      Item head = items.peekFirst();
      if (head == null) {
        if (closed) {
          return null;
        }
        pause(0);
      } else if (head instanceof Printed printed && waits(printed)) {
        long millis = TimeUnit.NANOSECONDS.toMillis(printed.dueNanos - System.nanoTime());
        pause(Math.max(1, millis));
      } else {
        items.removeFirst();
        notifyAll();
        return parcel(head);
      }
    }
  }

  /** The next message that is no publication, past all that are; null when there is none. */
  synchronized Parcel takeReply() {
    for (Item item : items) {
      if (item instanceof Said said && said.parcel.channel() != Channel.IOPUB) {
        items.remove(item);
        return said.parcel;
      }
    }
    return null;
  }

  private boolean waits(Printed printed) {
    return items.size() == 1
        && !closed
        && printed.text.length() < GATHER_CHARS
        && printed.dueNanos - System.nanoTime() > 0;
  }

  private Parcel parcel(Item item) {
    if (item instanceof Said said) {
      return said.parcel;
    }
    Printed printed = (Printed) item;
    pendingChars -= printed.text.length();
    notifyAll();
    JsonObject content = new JsonObject();
    content.addProperty("name", printed.stream);
    content.addProperty("text", printed.text.toString());
    Message parent = printed.request.message();
    return new Parcel(Channel.IOPUB, Message.answer(parent, "stream", content));
  }

  /** False when an interrupt cut the pause short. */
  private boolean pause(long millis) {
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
