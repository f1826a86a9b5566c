package kerf.notebook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.ContentType;

/** A kernel of the JJava family without sockets, which remembers what it would send. */
final class FakeJjava extends BaseKernel implements AutoCloseable {
  final List<String> types;
  final List<DisplayData> sent;

  FakeJjava() {
    this(new Recorded());
  }

  private FakeJjava(Recorded io) {
    super(
        "fake",
        "1",
        null,
        List.of(),
        null,
        io,
        new CommManager(),
        new Renderer(),
        null,
        null,
        false,
        new StringStyler.Builder().build());
    types = io.types;
    sent = io.sent;
    installNotebookKernel();
  }

  @Override
  public void close() {
    uninstallNotebookKernel();
  }

  @Override
  public Object evalRaw(String source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String isComplete(String code) {
    throw new UnsupportedOperationException();
  }

  private static final class Recorded extends JupyterIO {
    private final List<String> types = new ArrayList<>();
    private final List<DisplayData> sent = new ArrayList<>();

    Recorded() {
      super(StandardCharsets.UTF_8);
      setEnv(new Environment());
    }

    private final class Environment extends ShellReplyEnvironment {
      Environment() {
        super(null, null, null, null);
      }

      @Override
      public <T extends ContentType<T>> void publish(T content) {
        types.add(content.getType().getName());
        sent.add((DisplayData) (Object) content);
      }
    }
  }
}
