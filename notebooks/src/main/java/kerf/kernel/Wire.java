package kerf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

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
  private static final String REPLIES = "inproc://replies";

  private final Connection connection;
  private final Outbox outbox;
  private final BiConsumer<Channel, Message> receiver;
  private final CountDownLatch closed = new CountDownLatch(2);
  private final ZContext context = new ZContext(1);
  private final ZMQ.Socket heartbeat = socket(SocketType.REP);
  private final ZMQ.Socket shell = socket(SocketType.ROUTER);
  private final ZMQ.Socket control = socket(SocketType.ROUTER);
  private final ZMQ.Socket stdin = socket(SocketType.ROUTER);
  private final ZMQ.Socket iopub = socket(SocketType.PUB);
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

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    // No high-water mark: beyond it, PUB drops messages without a word, the idle status among them.
    socket.setHWM(0);
    socket.setLinger(1000);
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
    for (Outbox.Parcel next = outbox.take(); next != null; next = outbox.take()) {
      List<byte[]> frames = next.message().frames(connection.signature());
      if (next.channel() == Channel.IOPUB) {
        // The topic; subscribers ask for all.
        List<byte[]> topped = new ArrayList<>(frames);
        topped.subList(0, next.message().identities().size()).clear();
        send(iopub, topped);
      } else {
        repliesOut.sendMore(next.channel().name());
        send(repliesOut, frames);
      }
    }
    repliesOut.send("");
    iopub.close();
    repliesOut.close();
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
        open = forward();
      }
      if (poller.pollin(1)) {
        read(Channel.CONTROL, control);
      }
      if (poller.pollin(2)) {
        read(Channel.STDIN, stdin);
      }
      if (poller.pollin(3)) {
        read(Channel.SHELL, shell);
      }
      if (poller.pollin(4)) {
        heartbeat.send(heartbeat.recv());
      }
    }
    List.of(repliesIn, control, stdin, shell, heartbeat).forEach(ZMQ.Socket::close);
  }

  /** Passes one reply on to its socket; false when there will be no more. */
  private boolean forward() {
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
    List<byte[]> frames = new ArrayList<>(List.of(socket.recv()));
    if (socket.hasReceiveMore()) {
      frames.addAll(frames(socket));
    }
    try {
      receiver.accept(channel, Message.of(frames, connection.signature()));
    } catch (RuntimeException e) {
      // A stranger's message must not end the kernel; its log is the only one to tell.
      Main.LOG.println("kerf kernel: message on " + channel + " ignored: " + e);
    }
  }

  private static List<byte[]> frames(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      frames.add(socket.recv());
    } while (socket.hasReceiveMore());
    return frames;
  }

  private static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }
}
