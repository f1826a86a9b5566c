package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.storage.Npy;
import kerf.storage.Npz;

/**
 * One case of {@code cases.json}.
 *
 * @param folder where its arrays lie
 * @param json its entry
 */
record GoldenCase(Path folder, JsonObject json) {
  /** All cases of a folder, in its order. */
  static List<GoldenCase> all(Path folder) {
    try (Reader reader = Files.newBufferedReader(folder.resolve("cases.json"))) {
      JsonArray entries = JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("cases");
      List<GoldenCase> cases = new ArrayList<>();
      entries.forEach(entry -> cases.add(new GoldenCase(folder, entry.getAsJsonObject())));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return json.get("name").getAsString();
  }

  String operation() {
    return json.get("op").getAsString();
  }

  JsonObject params() {
    return json.getAsJsonObject("params");
  }

  JsonElement param(String name) {
    JsonElement value = params().get(name);
    assertThat(value).as("parameter %s of %s", name, name()).isNotNull();
    return value;
  }

  /** Whether the case gives an input: a layer may have no bias. */
  boolean gives(String input) {
    return json.getAsJsonObject("inputs").has(input);
  }

  Npy input(String name) {
    return arrays("inputs").get(name);
  }

  Map<String, Npy> expected() {
    return arrays("expected");
  }

  Tolerance tolerance(String array) {
    return Tolerance.of(json.getAsJsonObject("tolerance").getAsJsonObject(array));
  }

  private Map<String, Npy> arrays(String side) {
    Map<String, Npy> file = Npz.read(folder.resolve(json.get("file").getAsString()));
    Map<String, Npy> arrays = new LinkedHashMap<>();
    for (String name : json.getAsJsonObject(side).keySet()) {
      assertThat(file).as("arrays of %s", name()).containsKey(name);
      arrays.put(name, file.get(name));
    }
    return arrays;
  }
}
