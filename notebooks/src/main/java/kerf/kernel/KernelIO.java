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

  /** A thread that a cell left behind speaks for its own cell, all others for the current one. */
  Request request() {
    return Thread.currentThread() instanceof CellThread cell && cell.request() != null
        ? cell.request()
        : request;
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
        request().publish(type, json(data));
      } else {
        JsonElement json = GSON.toJsonTree(content);
        request().publish(type, json.getAsJsonObject());
      }
    }

    @Override
    public void publish(Message<?> message) {
      JsonElement json = GSON.toJsonTree(message.getContent());
      request().publish(message.getHeader().getType().getName(), json.getAsJsonObject());
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
