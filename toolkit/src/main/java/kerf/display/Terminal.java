package kerf.display;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A terminal: values are printed on standard output as text, and a changing value is one line on
 * standard error that is written over, or a line every ten seconds where standard error is a file.
 */
final class Terminal implements Screen {
  private static final int WIDTH = 100;

  /** The process's own streams, looked up at each use because they can be replaced. */
  static final Terminal STANDARD =
      new Terminal(() -> System.out, () -> System.err, interactive(), charset());

  private final Supplier<PrintStream> out;
  private final Supplier<PrintStream> err;
  private final boolean interactive;
  private final Charset charset;

  /**
   * A terminal.
   *
   * @param out where values go
   * @param err where changing values go
   * @param interactive whether a line can be written over
   * @param charset what the terminal can print
   */
  Terminal(
      Supplier<PrintStream> out, Supplier<PrintStream> err, boolean interactive, Charset charset) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
    this.charset = charset;
  }

  private static boolean interactive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there may be a console without a terminal.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static Charset charset() {
    String name = System.getProperty("stderr.encoding", System.getProperty("native.encoding"));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }

  @Override
  public void show(Object value) {
    out.get().println(value instanceof Shown shown ? shown.bundle().text() : value);
  }

  @Override
  public Live live() {
    return interactive ? new Line() : new Log();
  }

  private String printable(Bundle bundle) {
    String text = bundle.text();
    return charset.newEncoder().canEncode(text) ? text : text.replace('·', '-').replace('…', '.');
  }

  /** One line, written over. */
  private final class Line implements Live {
    private int length;

    private void write(Bundle bundle) {
      String text = printable(bundle);
      String line = text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
      err.get().print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
      err.get().flush();
      length = line.length();
    }

    @Override
    public void update(Bundle bundle) {
      write(bundle);
    }

    @Override
    public void finish(Bundle bundle) {
      write(bundle);
      err.get().println();
    }

    @Override
    public Duration pace() {
      return Duration.ofMillis(100);
    }
  }

  /** A line for each update. */
  private final class Log implements Live {
    @Override
    public void update(Bundle bundle) {
      err.get().println(printable(bundle));
    }

    @Override
    public void finish(Bundle bundle) {
      update(bundle);
    }

    @Override
    public Duration pace() {
      return Duration.ofSeconds(10);
    }
  }
}
