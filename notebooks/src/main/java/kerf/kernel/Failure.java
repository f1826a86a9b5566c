package kerf.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Why a cell has not done its work, as Jupyter tells it: a name, a message, and the lines to show.
 */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient List<String> traceback;

  Failure(String name, String message, List<String> traceback) {
    super(message);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  String name() {
    return name;
  }

  List<String> traceback() {
    return traceback;
  }

  /** The fields that the reply and the publication of an error share. */
  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("ename", name);
    json.addProperty("evalue", getMessage() == null ? "" : getMessage());
    JsonArray lines = new JsonArray();
    traceback.forEach(lines::add);
    json.add("traceback", lines);
    return json;
  }
}
