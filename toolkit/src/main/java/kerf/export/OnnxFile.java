package kerf.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Interrupts;
import kerf.display.Shown;
import kerf.storage.UnreadableFileException;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/** An ONNX file, checked, and ready to be run by ONNX Runtime. A value. */
public final class OnnxFile implements Shown {
  private final Path path;
  private final byte[] content;
  private final ModelProto model;
  private final int batch;

  /** A batch is what fits into memory at once. */
  OnnxFile(Path path, byte[] content, ModelProto model, int batch) {
    this.path = path;
    this.content = content;
    this.model = model;
    this.batch = batch;
  }

  /**
   * Reads a file of one float32 input, the batch first, whose operators are those that Kerf writes.
   *
   * @param path an {@code .onnx} file
   * @return the file
   * @throws UnreadableFileException if there is no such file, it is damaged, or it has something in
   *     it that Kerf does not write
   * @throws UncheckedIOException if the disk refuses
   */
  public static OnnxFile read(Path path) {
    Argument.require("path", path);
    return OnnxReader.read(path);
  }

  /**
   * Gives the place.
   *
   * @return where the file was read from or written to
   */
  public Path path() {
    return path;
  }

  /**
   * The model as it was understood and checked, not as the file may spell it. Operators go without
   * their names: ONNX Runtime makes names of them for its fusions, and stumbles over those it meets
   * twice.
   */
  byte[] checked() {
    ModelProto.Builder unnamed = model.toBuilder();
    unnamed.getGraphBuilder().getNodeBuilderList().forEach(NodeProto.Builder::clearName);
    return unnamed.build().toByteArray();
  }

  /**
   * Gives the size.
   *
   * @return bytes (measured)
   */
  public long bytes() {
    return content.length;
  }

  /**
   * Measures the size after gzip at its best: what zeros and repeated integers save.
   *
   * @return bytes (measured)
   */
  public long gzipBytes() {
    return gzip(content);
  }

  static long gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
  }

  /**
   * Computes outputs by ONNX Runtime, with the engine's number of threads ({@code -Dkerf.threads},
   * 1 by default).
   *
   * @param inputs one or more inputs, row-major, of the shape that the file takes
   * @return the outputs, row-major
   * @throws IllegalArgumentException if the numbers are no whole inputs
   * @throws UnreadableFileException if ONNX Runtime refuses the file
   */
  public float[] outputs(float... inputs) {
    Argument.require("inputs", inputs);
    long volume = OnnxReader.volume(model);
    if (inputs.length == 0 || inputs.length % volume != 0) {
      throw new IllegalArgumentException(
          "%s takes inputs of %,d numbers, found %,d numbers"
              .formatted(path.getFileName(), volume, inputs.length));
    }
    List<float[]> parts = new ArrayList<>();
    try (OnnxSession session = session()) {
      int each = (int) volume;
      for (int first = 0; first < inputs.length / each; first += batch) {
        Interrupts.check();
        int count = Math.min(batch, inputs.length / each - first);
        float[] values = Arrays.copyOfRange(inputs, first * each, (first + count) * each);
        try (OnnxSession.Inputs own = session.inputs(values, count)) {
          parts.add(first(own));
        }
      }
    }
    float[] outputs = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, outputs, at, part.length);
      at += part.length;
    }
    return outputs;
  }

  private OnnxSession session() {
    return running(() -> OnnxSession.open(checked()));
  }

  private float[] first(OnnxSession.Inputs inputs) {
    return running(() -> inputs.outputs().values().iterator().next());
  }

  /** What is sound may still be beyond ONNX Runtime: its fusions have faults of their own. */
  private <T> T running(Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException e) {
      UnreadableFileException refusal =
          new UnreadableFileException(
              path,
              "a model that ONNX Runtime runs",
              e.getMessage(),
              "export the network again, or run the file with ai.onnxruntime, less optimized");
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  /**
   * Measures accuracy in ONNX Runtime.
   *
   * @param samples one or more, of the shape that the file takes
   * @return the fraction classified rightly
   * @throws IllegalArgumentException if the samples are of another shape
   * @throws UnreadableFileException if ONNX Runtime refuses the file
   */
  public double accuracy(Samples samples) {
    Argument.require("samples", samples);
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "an accuracy needs at least one sample, found none in " + samples);
    }
    Material material = Material.of(samples);
    int right = 0;
    try (OnnxSession session = session()) {
      for (int first = 0; first < samples.size(); first += batch) {
        Interrupts.check();
        int count = Math.min(batch, samples.size() - first);
        float[] values = material.inputs(first, count);
        if (values.length != count * OnnxReader.volume(model)) {
          throw new IllegalArgumentException(
              "%s takes inputs of %,d numbers, found images of %,d"
                  .formatted(path.getFileName(), OnnxReader.volume(model), values.length / count));
        }
        try (OnnxSession.Inputs inputs = session.inputs(values, count)) {
          float[] outputs = first(inputs);
          Answers answers =
              new Answers(outputs, count, OnnxReader.classes(model, outputs.length / count));
          for (int i = 0; i < count; i++) {
            right += answers.top(i) == samples.label(first + i) ? 1 : 0;
          }
        }
      }
    }
    return right / (double) samples.size();
  }

  /**
   * Counts the operators that ONNX Runtime runs once it has fused what it can on this machine:
   * {@code QLinearConv}, {@code QGemm} and {@code DynamicQuantizeMatMul} are integer kernels.
   *
   * @return how often each is there, by name
   */
  public Map<String, Long> kernels() {
    return Kernels.of(checked()).counts();
  }

  /**
   * Lists the operators in the file.
   *
   * @return a table, a row each, in the order in which they run
   */
  public Table table() {
    List<OperatorRow> rows = new ArrayList<>();
    model
        .getGraph()
        .getNodeList()
        .forEach(
            node ->
                rows.add(
                    new OperatorRow(
                        node.getOpType(),
                        String.join(", ", node.getInputList()),
                        String.join(", ", node.getOutputList()))));
    return Rows.table(toString(), OperatorRow.class, rows);
  }

  /** A row of the table. */
  record OperatorRow(String operator, String inputs, String outputs) {}

  ModelProto model() {
    return model;
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "%s: %,d operators, opset %d, %,d bytes"
        .formatted(
            path.getFileName(),
            model.getGraph().getNodeCount(),
            model.getOpsetImport(0).getVersion(),
            content.length);
  }
}
