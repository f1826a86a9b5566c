package kerf.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;

/**
 * Where cells print, display and read. Extensions know it as JJava's {@link JupyterIO}; behind that
 * stands one environment that hands all on to the {@link Outbox}.
 */
final class KernelIO extends JupyterIO {
  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeHierarchyAdapter(
              CharSequence.class,
              (JsonSerializer<CharSequence>)
                  (text, type, context) -> new JsonPrimitive(text.toString()))
          .create();

  private static final String POOL = ThreadPoolExecutor.class.getName();

  private final Set<String> displayed = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private final CellInput input = new CellInput(this::request);
  private volatile Request request;

  KernelIO(Outbox outbox) {
    super(StandardCharsets.UTF_8);
    request = Request.none(outbox);
    setEnv(new Environment());
  }

  /** From here on, what is said belongs to {@code cell}. */
  void begin(Request cell, boolean mayAsk) {
    request = cell;
    displayed.clear();
    input.begin(mayAsk);
  }

  /**
   * A thread speaks for the cell that started it, also when that has ended. A pool's worker speaks
   * for the current cell: whose work it does, and not who made the pool, is what it prints about.
   */
  Request request() {
    Request own = CellThread.REQUEST.get();
    return own == null || own == request || pooled() ? request : own;
  }

  private static boolean pooled() {
    return Thread.currentThread() instanceof ForkJoinWorkerThread
        || StackWalker.getInstance()
            .walk(
                frames ->
                    frames.anyMatch(
                        frame ->
                            frame.getMethodName().equals("runWorker")
                                && frame.getClassName().equals(POOL)));
  }

  CellInput input() {
    return input;
  }

  /** Whether the value is the id of a display that the current cell has just made. */
  boolean isDisplayId(Object value) {
    return value instanceof String id && displayed.contains(id);
  }

  /** Gives the process' standard streams to the cells. */
  void takeOver() {
    System.setOut(stream("stdout"));
    System.setErr(stream("stderr"));
    System.setIn(input);
  }

  private PrintStream stream(String name) {
    CellOutput output = new CellOutput(text -> request().print(name, text));
    return new PrintStream(output, false, StandardCharsets.UTF_8);
  }

  static JsonObject json(DisplayData data) {
    JsonObject json = GSON.toJsonTree(data, DisplayData.class).getAsJsonObject();
    for (String field : new String[] {"data", "metadata"}) {
      if (!json.has(field) || json.get(field).isJsonNull()) {
        json.add(field, new JsonObject());
      }
    }
    return json;
  }

  private final class Environment extends ShellReplyEnvironment {
    Environment() {
      super(null, null, null, null);
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
      String type = content.getType().getName();
      if (content instanceof DisplayData data) {
        if (data.hasDisplayId()) {
          displayed.add(data.getDisplayId());
        }
        request().display(type, json(data));
      } else {
        JsonElement json = GSON.toJsonTree(content);
        request().display(type, json.getAsJsonObject());
      }
    }

    @Override
    public void publish(Message<?> message) {
      JsonElement json = GSON.toJsonTree(message.getContent());
      request().display(message.getHeader().getType().getName(), json.getAsJsonObject());
    }

    @Override
    public void writeToStdOut(String text) {
      request().print("stdout", text);
    }

    @Override
    public void writeToStdErr(String text) {
      request().print("stderr", text);
    }

    @Override
    public String readFromStdIn(String prompt, boolean password) {
      throw new UnsupportedOperationException("read from System.in");
    }
  }
}
