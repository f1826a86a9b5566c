package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * The sockets and the two threads that own them.
 *
 * <p>A ZeroMQ socket belongs to one thread. {@code kerf-wire-in} owns all that receive (and answers
 * the heartbeat itself); {@code kerf-wire-out} owns the publishing one, empties the {@link Outbox},
 * and passes replies on to the other through {@code replies}, because they leave by the sockets
 * that the questions came in by. Neither thread ever runs a user's code, so neither is ever
 * interrupted.
 */
final class Wire {
  private static final long FRAME_BYTES = 32L * 1024 * 1024;
  private static final String REPLIES = "inproc://replies";

  private final Connection connection;
  private final Outbox outbox;
  private final BiConsumer<Channel, Message> receiver;
  private final CountDownLatch closed = new CountDownLatch(2);
  private final ZContext context = context();
  // A ROUTER, not a REP: that one, sent two frames, may not answer before it has read both.
  private final ZMQ.Socket heartbeat = socket(SocketType.ROUTER);
  private final ZMQ.Socket shell = socket(SocketType.ROUTER);
  private final ZMQ.Socket control = socket(SocketType.ROUTER);
  private final ZMQ.Socket stdin = socket(SocketType.ROUTER);
  private final ZMQ.Socket iopub = socket(SocketType.XPUB);
  private final ZMQ.Socket repliesIn = socket(SocketType.PULL);
  private final ZMQ.Socket repliesOut = socket(SocketType.PUSH);

  Wire(Connection connection, Outbox outbox, BiConsumer<Channel, Message> receiver) {
    this.connection = connection;
    this.outbox = outbox;
    this.receiver = receiver;
  }

  void open() {
    heartbeat.bind(connection.address(connection.heartbeat()));
    shell.bind(connection.address(connection.shell()));
    control.bind(connection.address(connection.control()));
    stdin.bind(connection.address(connection.stdin()));
    Publisher.limit(iopub);
    iopub.bind(connection.address(connection.iopub()));
    repliesIn.bind(REPLIES);
    repliesOut.connect(REPLIES);
    start("kerf-wire-in", this::receive);
    start("kerf-wire-out", this::send);
  }

  /** Sends what is left to say, then closes the sockets. */
  void close() throws InterruptedException {
    outbox.close();
    closed.await();
    context.close();
  }

  private static ZContext context() {
    ZContext context = new ZContext(1);
    context.setNotificationExceptionHandler(
        (thread, e) -> Main.LOG.println("kerf kernel: bytes on a port ignored: " + e));
    context.setUncaughtExceptionHandler(
        (thread, e) -> {
          // Without ZeroMQ's own thread the kernel is deaf; Jupyter starts another one that is not.
          Main.LOG.println("kerf kernel: " + thread.getName() + " ended, and the kernel with it");
          e.printStackTrace(Main.LOG);
          Runtime.getRuntime().halt(1);
        });
    return context;
  }

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    // No high-water mark: beyond it, sockets drop messages without a word. See Publisher for the
    // one whose reader may be slower than its writer.
    socket.setHWM(0);
    socket.setLinger(1000);
    // JeroMQ allocates what a frame's head says, on the thread that serves all ports. A stranger's
    // bytes may say two gigabytes, or a number below 0, which it does not look for itself.
    socket.setMaxMsgSize(FRAME_BYTES);
    socket.setMsgAllocator(size -> size < 0 || size > FRAME_BYTES ? new Msg() : new Msg(size));
    return socket;
  }

  private void start(String name, Runnable loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } finally {
                closed.countDown();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void send() {
    Publisher publisher = new Publisher(iopub, this::forwardReplies);
    for (Outbox.Parcel next = outbox.take(); next != null; next = outbox.take()) {
      Outbox.Parcel parcel = next;
      unharmed("the way out", () -> deliver(publisher, parcel));
    }
    repliesOut.send("");
    iopub.close();
    repliesOut.close();
  }

  private void deliver(Publisher publisher, Outbox.Parcel parcel) {
    if (parcel.channel() == Channel.IOPUB) {
      publisher.publish(parcel.message().withoutIdentities().frames(connection.signature()));
    } else {
      forward(parcel);
    }
  }

  /** Replies need not wait for those who listen to publications. */
  private void forwardReplies() {
    for (Outbox.Parcel next = outbox.takeReply(); next != null; next = outbox.takeReply()) {
      forward(next);
    }
  }

  private void forward(Outbox.Parcel reply) {
    repliesOut.sendMore(reply.channel().name());
    send(repliesOut, reply.message().frames(connection.signature()));
  }

  private void receive() {
    ZMQ.Poller poller = context.createPoller(5);
    poller.register(repliesIn, ZMQ.Poller.POLLIN);
    poller.register(control, ZMQ.Poller.POLLIN);
    poller.register(stdin, ZMQ.Poller.POLLIN);
    poller.register(shell, ZMQ.Poller.POLLIN);
    poller.register(heartbeat, ZMQ.Poller.POLLIN);
    boolean open = true;
    while (open) {
      poller.poll(-1);
      if (poller.pollin(0)) {
        open = forwarded();
      }
      if (poller.pollin(1)) {
        unharmed("CONTROL", () -> read(Channel.CONTROL, control));
      }
      if (poller.pollin(2)) {
        unharmed("STDIN", () -> read(Channel.STDIN, stdin));
      }
      if (poller.pollin(3)) {
        unharmed("SHELL", () -> read(Channel.SHELL, shell));
      }
      if (poller.pollin(4)) {
        unharmed("heartbeat", () -> send(heartbeat, frames(heartbeat)));
      }
    }
    List.of(repliesIn, control, stdin, shell, heartbeat).forEach(ZMQ.Socket::close);
  }

  /** Passes one reply on to its socket; false when there will be no more. */
  private boolean forwarded() {
    String channel = repliesIn.recvStr();
    if (channel.isEmpty()) {
      return false;
    }
    List<byte[]> frames = frames(repliesIn);
    switch (Channel.valueOf(channel)) {
      case SHELL -> send(shell, frames);
      case CONTROL -> send(control, frames);
      case STDIN -> send(stdin, frames);
      case IOPUB -> throw new IllegalStateException("publications do not pass here");
    }
    return true;
  }

  private void read(Channel channel, ZMQ.Socket socket) {
    receiver.accept(channel, Message.of(frames(socket), connection.signature()));
  }

  /** A stranger's message must not end the kernel; its log is the only one to tell. */
  private static void unharmed(String port, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      Main.LOG.println("kerf kernel: message on " + port + " ignored: " + e);
    }
  }

  private static List<byte[]> frames(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      frames.add(socket.recv());
    } while (socket.hasReceiveMore());
    return frames;
  }

  static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }
}
