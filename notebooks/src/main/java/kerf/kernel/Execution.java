package kerf.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Answers an {@code execute_request}: runs the cell, publishes its result, replies. */
final class Execution {
  private final JavaKernel kernel;
  private final KernelIO io;
  private final History history;

  Execution(JavaKernel kernel, KernelIO io, History history) {
    this.kernel = kernel;
    this.io = io;
    this.history = history;
  }

  /** Runs the cell; true if whoever sent it wants those behind it dropped. */
  boolean run(Request request) {
    String code = request.text("code", "");
    boolean silent = request.flag("silent", false);
    boolean stored = !silent && request.flag("store_history", true);
    int cell = kernel.nextCell(stored);
    if (silent) {
      request.mute();
    }
    if (stored) {
      history.add(cell, code);
    }
    JsonObject input = new JsonObject();
    input.addProperty("code", code);
    input.addProperty("execution_count", cell);
    request.publish("execute_input", input);

    JsonObject reply = new JsonObject();
    reply.addProperty("execution_count", cell);
    io.begin(request, request.flag("allow_stdin", true));
    kernel.runner().begin(request);
    boolean stop = false;
    try {
      DisplayData result = kernel.run(code, cell);
      if (result != null) {
        publish(request, result, cell, stored);
      }
      reply.addProperty("status", "ok");
      reply.add("payload", new JsonArray());
      reply.add("user_expressions", expressions(request, cell));
    } catch (Failure e) {
      request.publish("error", e.json());
      reply.addProperty("status", "error");
      e.json().entrySet().forEach(field -> reply.add(field.getKey(), field.getValue()));
      stop = request.flag("stop_on_error", true);
    } finally {
      kernel.runner().end();
      System.out.flush();
      System.err.flush();
    }
    request.reply(reply);
    return stop;
  }

  private void publish(Request request, DisplayData result, int cell, boolean stored) {
    JsonObject content = KernelIO.json(result);
    content.remove("transient");
    content.addProperty("execution_count", cell);
    request.publish("execute_result", content);
    JsonElement text = content.getAsJsonObject("data").get("text/plain");
    if (stored && text != null && text.isJsonPrimitive()) {
      history.output(text.getAsString());
    }
  }

  private JsonObject expressions(Request request, int cell) {
    JsonObject results = new JsonObject();
    JsonElement asked = request.content().get("user_expressions");
    if (asked != null && asked.isJsonObject()) {
      for (Map.Entry<String, JsonElement> each : asked.getAsJsonObject().entrySet()) {
        results.add(each.getKey(), kernel.expression(each.getValue().getAsString(), cell));
      }
    }
    return results;
  }
}
