package kerf.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Under which key of a file each parameter of a network is found: PyTorch's spelling of its own
 * name, or, of a network that was read from a file with other keys, what they were there.
 *
 * <p>{@code net.names()} shows after an import which key became which layer, and {@code
 * pruned.save("pruned.safetensors", net.names())} writes the keys that the file came with.
 */
public final class ParameterNames implements Shown {
  /**
   * A row of the table.
   *
   * @param layer the layer's name here
   * @param parameter the parameter's name here
   * @param shape such as {@code 300×784}
   * @param key its name in the file; empty if the file had none, and the parameter starts from 0
   */
  public record Row(String layer, String parameter, String shape, String key) {}

  private final String title;
  private final List<ParameterSpec> parameters;
  private final Map<String, String> keys;

  private ParameterNames(String title, Structure structure, Map<String, String> keys) {
    this.title = title;
    this.parameters = structure.parameters();
    this.keys = keys;
  }

  /** The names that networks are saved under if nothing else is asked for. */
  static ParameterNames own(Architecture architecture) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.structure().parameters()) {
      keys.put(spec.name(), TorchNames.of(spec.name()));
    }
    return new ParameterNames("keys of " + architecture.describe(), architecture.structure(), keys);
  }

  /**
   * The names that parameters had in a file.
   *
   * @param file the file
   * @param architecture what was read from it
   * @param keys by parameter name; parameters that the file lacked are left out
   */
  static ParameterNames imported(Path file, Architecture architecture, Map<String, String> keys) {
    return new ParameterNames(
        "keys of " + file.getFileName(), architecture.structure(), new LinkedHashMap<>(keys));
  }

  /**
   * Gives the keys of a network's parameters.
   *
   * @param architecture the network's
   * @return by parameter name, one for each
   * @throws IllegalArgumentException if these are the names of other parameters
   */
  Map<String, String> keys(Architecture architecture) {
    List<ParameterSpec> own = architecture.structure().parameters();
    if (!shapes(own).equals(shapes(parameters))) {
      throw new IllegalArgumentException(
          "%s are no names for %s, whose parameters are others; save it without names"
              .formatted(title, architecture.describe()));
    }
    Map<String, String> all = new LinkedHashMap<>();
    own.forEach(
        spec -> all.put(spec.name(), keys.getOrDefault(spec.name(), TorchNames.of(spec.name()))));
    return all;
  }

  private static Map<String, String> shapes(List<ParameterSpec> parameters) {
    Map<String, String> shapes = new LinkedHashMap<>();
    parameters.forEach(spec -> shapes.put(spec.name(), Arrays.toString(spec.shape())));
    return shapes;
  }

  /** Whether a network's parameters go by their own names. */
  boolean own() {
    return keys.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(TorchNames.of(entry.getKey())));
  }

  /**
   * Lists the parameters.
   *
   * @return a table, a row each: layer, parameter, shape, key in the file
   */
  public Table table() {
    List<Row> rows = new ArrayList<>();
    for (ParameterSpec spec : parameters) {
      String shape =
          String.join("×", Arrays.stream(spec.shape()).mapToObj(Long::toString).toList());
      rows.add(new Row(spec.layer(), spec.name(), shape, keys.getOrDefault(spec.name(), "")));
    }
    return Rows.table(title, Row.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString()).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return TableText.text(table());
  }
}
