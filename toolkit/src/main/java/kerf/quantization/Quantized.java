package kerf.quantization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterNames;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * A quantized network. As a network it computes with the rounded numbers, in floats: what integer
 * arithmetic would give but for rounding ties; so it is neither smaller nor faster than the float
 * network until it is exported. Its values and mask stay as they are: training, pruning and
 * whatever else would leave the grid is refused.
 */
public class Quantized extends Network {
  private final Network original;
  private final QuantizedGraph form;
  private final List<TensorRow> rows;

  private Quantized(Network original, QuantizedGraph form, List<TensorRow> rows) {
    super(GridRules.whole(form).simulated());
    this.original = original;
    this.form = form;
    this.rows = List.copyOf(rows);
  }

  /**
   * Copies a quantized network, for a subclass that knows more about it.
   *
   * @param quantized the network
   */
  protected Quantized(Quantized quantized) {
    super(quantized);
    this.original = quantized.original;
    this.form = quantized.form;
    this.rows = quantized.rows;
  }

  /**
   * Takes a network with its grids.
   *
   * @param original the float network it came from
   * @param form the network with grids
   * @return the quantized network; its table says nothing of what activations lose
   */
  public static Quantized of(Network original, QuantizedGraph form) {
    Argument.require("original", original);
    Argument.require("form", form);
    return new Quantized(original, form, TensorRow.all(form, Map.of()));
  }

  /**
   * Takes a network with its grids, and measures what activations lose.
   *
   * @param original the float network it came from
   * @param form the network with grids
   * @param samples what activations are measured on, such as the calibration data; at most 256 of
   *     them are taken
   * @return the quantized network
   */
  public static Quantized of(Network original, QuantizedGraph form, Samples samples) {
    Argument.require("original", original);
    Argument.require("samples", samples);
    Argument.require("form", form);
    return new Quantized(original, form, TensorRow.all(form, Fidelity.ofPoints(form, samples)));
  }

  /**
   * Reads a quantized network that {@link #save} wrote.
   *
   * @param architecture that of the float network it came from
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @return the quantized network; its table says nothing of what activations lose
   * @throws kerf.storage.UnreadableFileException if the file is damaged, or of something else
   */
  public static Quantized load(Architecture architecture, Path file) {
    Argument.require("architecture", architecture);
    Argument.require("file", file);
    return QuantizedFile.read(architecture, file);
  }

  /**
   * Writes the float network it came from, the float values that are rounded, mask, and every
   * format, scale and zero point.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}; replaced whole or not at all
   */
  @Override
  public void save(Path file) {
    Argument.require("file", file);
    QuantizedFile.write(this, file);
  }

  /**
   * Refuses: scales and zero points go by the network's own names.
   *
   * @param file a file
   * @param names any
   * @throws UnsupportedOperationException always
   */
  @Override
  public void save(Path file, ParameterNames names) {
    Argument.require("file", file);
    Argument.require("names", names);
    throw new UnsupportedOperationException(
        "a quantized network is saved under its own names, by which its scales are found: save(file);"
            + " its float network can have others: original().save(file, names)");
  }

  /**
   * Gives the float network.
   *
   * @return the network that was quantized, as it was
   */
  public Network original() {
    return original;
  }

  /**
   * Gives the network with its grids: for export, integer execution and whoever else reads them.
   *
   * @return float values, nothing rounded
   */
  public QuantizedGraph form() {
    return form;
  }

  /**
   * Gives the network that computes with rounded numbers.
   *
   * @return this one
   */
  public Network simulated() {
    return this;
  }

  /**
   * Compares this network with the same one in integer arithmetic.
   *
   * @param samples such as {@code mnist().test().first(64)}: integers are computed by plain Java
   * @return the comparison, point by point
   * @throws IllegalArgumentException if the mode is not static, or there is no image
   */
  public Agreement agreement(Samples samples) {
    Argument.require("samples", samples);
    return Agreement.of(this, samples);
  }

  /**
   * Counts what the parameters take: weights at their width, packed, with scales and palettes;
   * biases and float layers at 4 bytes a number.
   *
   * @return bytes (modelled); a file has names and a graph besides
   */
  public long bytes() {
    return form.bytes();
  }

  /**
   * Gives the size against that of the float network.
   *
   * @return bytes over 4 bytes a parameter, batch normalization folded in both or in none
   */
  public double ratio() {
    return form.bytes() / (double) form.floatBytes();
  }

  /**
   * Lists the quantized tensors.
   *
   * @return a table, a row a tensor: weights in the order of the graph, then activations
   */
  @Override
  public Table table() {
    return Rows.table(title(), TensorRow.class, rows);
  }

  /**
   * Measures a row of the table anew, for who asks for one tensor.
   *
   * @param tensor the name of a weight such as {@code conv1.weight}, or of a point such as {@code
   *     relu1}
   * @return signal-to-quantization-noise ratio in decibels; NaN where it was not measured
   * @throws IllegalArgumentException if no such tensor is quantized
   */
  public double sqnr(String tensor) {
    Argument.require("tensor", tensor);
    Map<String, TensorRow> byName = new LinkedHashMap<>();
    rows.forEach(row -> byName.put(row.tensor(), row));
    TensorRow row = byName.get(tensor);
    if (row == null) {
      throw new IllegalArgumentException(
          "no quantized tensor '%s'; there are %s"
              .formatted(tensor, String.join(", ", new ArrayList<>(byName.keySet()))));
    }
    return row.sqnr() == null ? Double.NaN : row.sqnr();
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  private String title() {
    return "%s, quantized (%s)".formatted(original.architecture().describe(), form.mode());
  }

  @Override
  public String toString() {
    List<String> floats = form.floatLayers();
    return "%s: %.3f of the float network's bytes (modelled)%s%s"
        .formatted(
            title(),
            ratio(),
            floats.isEmpty()
                ? ""
                : "; %s %s float"
                    .formatted(String.join(", ", floats), floats.size() == 1 ? "stays" : "stay"),
            Untraced.note(form.layers()));
  }
}
