package kerf.kernel;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Starts the kernel: {@code java -cp ... kerf.kernel.Main CONNECTION_FILE}. */
public final class Main {
  /** The process' own error stream, before the cells get theirs; the kernel's log. */
  static final PrintStream LOG = System.err;

  private static final long LAST_WORDS_MILLIS = 3000;

  private Main() {}

  /**
   * Runs the kernel until it is told to end, or whoever started it is gone.
   *
   * @param args the path of Jupyter's connection file, alone
   * @throws Exception when the file cannot be read or a port cannot be bound
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      LOG.println(
          "kerf kernel: give the path of a Jupyter connection file, found "
              + args.length
              + " arguments; start it through Jupyter (notebooks/lab, notebooks/run)");
      System.exit(2);
    }
    Outbox outbox = new Outbox();
    LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    CompletableFuture<ShellLoop> loop = new CompletableFuture<>();
    KernelIO io = new KernelIO(outbox);
    Wire wire =
        new Wire(
            Connection.read(Path.of(args[0])),
            outbox,
            (channel, message) -> {
              Request request = new Request(message, channel, outbox);
              if (!channel.takes(request.type())) {
                LOG.println("kerf kernel: " + request.type() + " on " + channel + " ignored");
              } else if (channel == Channel.STDIN) {
                io.input().answer(request.text("value", ""));
              } else if (channel == Channel.CONTROL) {
                loop.thenAccept(ready -> ready.answer(request));
              } else {
                waiting.add(request);
              }
            });
    wire.open();
    Request.none(outbox).status("starting");
    ParentWatch.start(
        System.getenv("JPY_PARENT_PID"), System.getProperty("os.name"), () -> end(wire));
    io.takeOver();
    JavaKernel kernel = new JavaKernel(io);
    kernel.onStartup();
    ShellLoop shell = new ShellLoop(kernel, io, waiting, () -> end(wire));
    loop.complete(shell);
    shell.run();
  }

  /**
   * Says what is left to say and ends the process, from a thread of its own, in a few seconds at
   * most.
   */
  private static void end(Wire wire) {
    Thread last =
        new Thread(
            () -> {
              try {
                wire.close();
              } catch (InterruptedException e) {
                LOG.println("kerf kernel: " + e);
              }
              System.exit(0);
            },
            "kerf-end");
    Thread halt =
        new Thread(
            () -> {
              try {
                last.join(LAST_WORDS_MILLIS);
              } catch (InterruptedException e) {
                LOG.println("kerf kernel: " + e);
              }
              // A cell in native code, or a shutdown hook that hangs, must not keep the process.
              Runtime.getRuntime().halt(0);
            },
            "kerf-halt");
    halt.setDaemon(true);
    last.start();
    halt.start();
  }
}
