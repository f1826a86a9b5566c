package kerf.export;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What an export came to.
 *
 * @param file the file that was written
 * @param comparedOn what file and network were compared on
 * @param runs a row for each way to run the network; the last is the file
 * @param layers how far each layer of the file agrees with the network's
 * @param kernels the operators that ONNX Runtime runs after its fusions, by name
 * @param widened whether ONNX Runtime holds int8 weights as uint8 here, as it must on processors
 *     without VNNI: exact, but slower
 */
public record Exported(
    OnnxFile file,
    String comparedOn,
    List<RunRow> runs,
    List<LayerAgreement> layers,
    Map<String, Long> kernels,
    boolean widened)
    implements Shown {
  /** A ratio of times that clocks and schedulers make of equal ones. */
  private static final double NOISE = 1.05;

  /**
   * Copies the collections.
   *
   * @param file the file that was written
   * @param comparedOn what file and network were compared on
   * @param runs a row for each way to run the network
   * @param layers how far each layer agrees
   * @param kernels the operators that ONNX Runtime runs
   * @param widened whether it holds int8 weights as uint8
   */
  public Exported {
    runs = List.copyOf(runs);
    layers = List.copyOf(layers);
    kernels = Collections.unmodifiableMap(new TreeMap<>(kernels));
  }

  /**
   * Gives the row of the file.
   *
   * @return its size, accuracy, agreement and latency
   */
  public RunRow run() {
    return runs.get(runs.size() - 1);
  }

  /**
   * Lists the ways to run the network.
   *
   * @return a table, a row each: file bytes, accuracy, agreement, latency
   */
  public Table table() {
    return Rows.table(file.path().getFileName().toString(), RunRow.class, runs);
  }

  /**
   * Lists the layers.
   *
   * @return a table, a row each, of how far file and network agree on the same inputs
   */
  public Table layerTable() {
    return Rows.table("Layer by layer, on the same inputs", LayerAgreement.class, layers);
  }

  /**
   * Says in words what came of speed; a slow-down first of all.
   *
   * @return a sentence; none where nothing was timed or the file is of floats
   */
  public Optional<String> speed() {
    RunRow own = run();
    if (own.ratio1() == null || own.size() == 1) {
      return Optional.empty();
    }
    boolean slower = Math.max(own.ratio1(), own.ratio64()) > NOISE;
    return Optional.of(
        "%s%.2f of the time of floats in ONNX Runtime at batch 1, %.2f at batch 64 (measured)%s%s"
            .formatted(
                slower ? "Slower than floats: " : "",
                own.ratio1(),
                own.ratio64(),
                slower && Kernels.integers(kernels) > 0
                    ? "; .keepFloat(...) leaves layers in floats that gain nothing"
                    : "",
                widened
                    ? "; this processor has no VNNI and multiplies weights of 8 bits slowly, those of 7 bits fast: .weights(int8().restricted().perChannel().reduceRange())"
                    : ""));
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    text.append(file);
    text.append("\n%,d bytes gzipped; compared on %s.".formatted(run().gzip(), comparedOn));
    speed().ifPresent(sentence -> text.append('\n').append(sentence).append('.'));
    text.append("\nONNX Runtime runs ")
        .append(
            kernels.entrySet().stream()
                .map(kernel -> "%d %s".formatted(kernel.getValue(), kernel.getKey()))
                .collect(Collectors.joining(", ")))
        .append("; %d of them multiply integers.".formatted(Kernels.integers(kernels)));
    return text.toString();
  }

  @Override
  public Bundle bundle() {
    String paragraphs =
        summary()
            .lines()
            .map(line -> line.replace("&", "&amp;").replace("<", "&lt;"))
            .collect(Collectors.joining("<br>", "<p>", "</p>"));
    return Bundle.of(
            summary() + "\n" + TableText.text(table()) + "\n" + TableText.text(layerTable()))
        .html(paragraphs + TableHtml.html(table()) + TableHtml.html(layerTable()));
  }

  @Override
  public String toString() {
    return summary();
  }
}
