package kerf.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The cells of this session, for consoles that page through them; it ends with the kernel. */
final class History {
  private static final class Entry {
    final int line;
    final String input;
    String output;

    Entry(int line, String input) {
      this.line = line;
      this.input = input;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void add(int line, String input) {
    entries.add(new Entry(line, input));
  }

  /** The text of the latest cell's result. */
  void output(String text) {
    entries.get(entries.size() - 1).output = text;
  }

  /** The content of a {@code history_reply}. */
  JsonObject reply(Request request) {
    List<Entry> found =
        switch (request.text("hist_access_type", "tail")) {
          case "range" -> range(request);
          case "search" -> search(request);
          default -> tail(entries, request.number("n", Integer.MAX_VALUE));
        };
    JsonArray history = new JsonArray();
    found.forEach(entry -> history.add(json(entry, request.flag("output", false))));
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    content.add("history", history);
    return content;
  }

  private List<Entry> range(Request request) {
    // Session 0 is the current one, -1 the one before; this history has none before.
    if (request.number("session", 0) != 0) {
      return List.of();
    }
    int start = request.number("start", 0);
    int stop = request.number("stop", Integer.MAX_VALUE);
    return entries.stream().filter(e -> e.line >= start && e.line < stop).toList();
  }

  private List<Entry> search(Request request) {
    Pattern glob = glob(request.text("pattern", "*"));
    List<Entry> found =
        entries.stream().filter(entry -> glob.matcher(entry.input).matches()).toList();
    if (request.flag("unique", false)) {
      Map<String, Entry> latest = new LinkedHashMap<>();
      for (Entry entry : found) {
        latest.remove(entry.input);
        latest.put(entry.input, entry);
      }
      found = List.copyOf(latest.values());
    }
    return tail(found, request.number("n", Integer.MAX_VALUE));
  }

  private static List<Entry> tail(List<Entry> entries, int n) {
    return entries.subList(Math.max(0, entries.size() - Math.max(0, n)), entries.size());
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static JsonArray json(Entry entry, boolean withOutput) {
    JsonArray json = new JsonArray();
    json.add(0);
    json.add(entry.line);
    if (withOutput) {
      JsonArray both = new JsonArray();
      both.add(entry.input);
      JsonElement output =
          entry.output == null ? JsonNull.INSTANCE : new JsonPrimitive(entry.output);
      both.add(output);
      json.add(both);
    } else {
      json.add(entry.input);
    }
    return json;
  }
}
