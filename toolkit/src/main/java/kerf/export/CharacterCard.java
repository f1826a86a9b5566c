package kerf.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.quantization.QuantizedGraph;
import kerf.table.Bytes;
import kerf.table.Decimals;
import kerf.table.Percent;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.table.Title;
import kerf.training.Evaluator;
import kerf.training.NextCharacter;
import tech.tablesaw.api.Table;

/**
 * How well networks foretell characters, and how large they are: a row a network.
 *
 * <pre>{@code
 * characterCard(tinyShakespeare().test()).network("float", net).network("int8", small).measure()
 * }</pre>
 *
 * @param samples windows of a text
 * @param networks the networks by their names in the table
 */
public record CharacterCard(Samples samples, Map<String, Network> networks) {
  /**
   * Copies the map.
   *
   * @param samples windows of a text
   * @param networks the networks by their names in the table
   * @throws IllegalArgumentException if the samples are no text
   */
  public CharacterCard {
    Argument.require("samples", samples);
    if (!samples.text()) {
      throw new IllegalArgumentException(
          "a character card needs windows of a text, found %s; take tinyShakespeare().test(), or card(samples) for classifiers"
              .formatted(samples));
    }
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
  }

  /**
   * Begins a card.
   *
   * @param samples such as {@code tinyShakespeare().test()}
   * @return a card without networks
   */
  public static CharacterCard of(Samples samples) {
    Argument.require("samples", samples);
    return new CharacterCard(samples, Map.of());
  }

  /**
   * Adds a row.
   *
   * @param name what the row is called
   * @param network a float or a quantized one
   * @return a new card
   * @throws IllegalArgumentException if there is a row of that name
   */
  public CharacterCard network(String name, Network network) {
    Argument.require("name", name);
    Argument.require("network", network);
    if (networks.containsKey(name)) {
      throw new IllegalArgumentException(
          "a row needs a name of its own, found '%s' twice".formatted(name));
    }
    Map<String, Network> more = new LinkedHashMap<>(networks);
    more.put(name, network);
    return new CharacterCard(samples, more);
  }

  /**
   * Measures the networks.
   *
   * @return the table
   * @throws IllegalArgumentException if there is no network, or no sample
   */
  public Scores measure() {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException(
          "a card needs at least one network, found none; add .network(\"float\", net)");
    }
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Network> entry : networks.entrySet()) {
      QuantizedGraph form = Export.form(entry.getValue());
      Evaluator.Score score = Evaluator.measure(entry.getValue(), samples, new NextCharacter());
      rows.add(
          new Row(
              entry.getKey(),
              form.bytes(),
              form.bytes() / (double) form.floatBytes(),
              file(form),
              score.loss() / Math.log(2),
              Math.exp(score.loss()),
              score.accuracy()));
    }
    return new Scores(rows);
  }

  /** The size of the ONNX file; null where ONNX lacks a format, such as inputs of 4 bits. */
  private static Long file(QuantizedGraph form) {
    try {
      return (long) Sealed.bytes(Translation.model(form)).length;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * A network on the card.
   *
   * @param network its name
   * @param bytes its parameters: weights at their width, packed, with scales
   * @param ratio bytes against 4 a parameter
   * @param file its ONNX file, which for a quantized one holds integers; null where ONNX lacks its
   *     formats
   * @param bits per character: the cross entropy of the next one, over all steps
   * @param perplexity 2 to the power of bits per character
   * @param accuracy the share of characters thought likeliest
   */
  public record Row(
      String network,
      @Bytes @Title("parameters (modelled)") long bytes,
      @Decimals(3) @Title("of floats (modelled)") double ratio,
      @Bytes @Title("ONNX file (measured)") Long file,
      @Decimals(4) @Title("bits per character") double bits,
      @Decimals(3) double perplexity,
      @Percent(2) @Title("next characters right") double accuracy) {}

  /**
   * What was measured.
   *
   * @param rows a row a network
   */
  public record Scores(List<Row> rows) implements Shown {
    /**
     * Copies the rows.
     *
     * @param rows a row a network
     */
    public Scores {
      rows = List.copyOf(rows);
    }

    /**
     * Lists the networks.
     *
     * @return a table, a row each
     */
    public Table table() {
      return Rows.table("Next character", Row.class, rows);
    }

    @Override
    public Bundle bundle() {
      return Bundle.of(TableText.text(table())).html(TableHtml.html(table()));
    }
  }
}
