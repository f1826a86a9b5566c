package kerf.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Display;
import kerf.display.Progress;
import kerf.display.Screen;
import kerf.granularity.Shape;
import kerf.model.Network;
import kerf.qat.QatTrained;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.storage.AtomicFile;
import kerf.trace.Graph;

/**
 * A plan of an export: the network goes into an ONNX file, is read back, run by ONNX Runtime, and
 * compared with what it was.
 *
 * <pre>{@code
 * export(small).verifyOn(mnist().test()).onnx("lenet5-int8.onnx")
 * }</pre>
 *
 * <p>Processors without instructions for products of 8 bits (VNNI, or those of Arm) add two
 * products of uint8 and int8 in 16 bits and clip. There ONNX Runtime is told to hold weights as
 * uint8, which is exact and slower; weights of 7 bits, {@code
 * int8().restricted().perChannel().reduceRange()}, cannot be clipped and are fast everywhere. The
 * report says when that matters.
 *
 * @param network any network that can be traced; of a {@link Quantized} one its integers are
 *     written, of any other its floats, batch normalization folded
 * @param samples what file and network are compared on; noise without
 * @param rounds how often each latency is taken; the median counts. 0 for none
 */
public record Export(Network network, Optional<Samples> samples, int rounds) {
  private static final int ROUNDS = 15;

  /**
   * Checks the rounds.
   *
   * @param network any network that can be traced
   * @param samples what file and network are compared on
   * @param rounds how often each latency is taken
   */
  public Export {
    Argument.require("network", network);
    if (rounds < 0) {
      throw new IllegalArgumentException("rounds must be 0 (no latency) or more, found " + rounds);
    }
  }

  /**
   * Plans an export.
   *
   * @param network any network that can be traced; of one trained with rounded numbers, what it was
   *     trained for is exported: its quantized network
   * @return the plan: compared on noise, latencies of 15 rounds
   */
  public static Export of(Network network) {
    Argument.require("network", network);
    Network own = network instanceof QatTrained trained ? trained.quantized() : network;
    return new Export(own, Optional.empty(), ROUNDS);
  }

  /**
   * Compares on data.
   *
   * @param data such as {@code mnist().test()}; accuracy and top-1 are of all of it, layers are
   *     compared on the first 256
   * @return a new plan
   */
  public Export verifyOn(Samples data) {
    Argument.require("data", data);
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          "an export is compared on one image or more, found none in %s".formatted(data));
    }
    return new Export(network, Optional.of(data), rounds);
  }

  /**
   * Takes latencies more or less often.
   *
   * @param times how often, 15 unless said otherwise; 0 for no latency
   * @return a new plan
   */
  public Export rounds(int times) {
    return new Export(network, samples, times);
  }

  /**
   * Writes the file and compares it.
   *
   * @param file where to, such as {@code lenet5.onnx}; replaced whole or not at all
   * @return the report
   * @throws IllegalArgumentException if the network cannot be traced, if a layer has no counterpart
   *     in ONNX (the message names it), or if the samples are of another shape
   */
  public Exported onnx(String file) {
    Argument.require("file", file);
    return onnx(Path.of(file));
  }

  /**
   * Writes the file and compares it.
   *
   * @param file where to; replaced whole or not at all
   * @return the report
   * @throws IllegalArgumentException as {@link #onnx(String)}
   */
  public Exported onnx(Path file) {
    Argument.require("file", file);
    AtomicFile.requireName(file);
    network.requireFinite();
    QuantizedGraph form = form(network);
    requireFits(form.graph());
    Material material = samples.map(Material::of).orElseGet(() -> Material.noise(form.graph()));
    byte[] content = Sealed.bytes(Translation.model(form));
    // What takes long is the clock.
    Screen screen = rounds == 0 ? Screen.NONE : Display.screen();
    try (Progress progress = Progress.start("exporting", 3, screen, System::nanoTime)) {
      List<LayerAgreement> layers = LayerComparison.of(form, material);
      progress.advance();
      Comparison comparison = Comparison.of(network, form, content, material);
      progress.advance();
      List<RunRow> runs = comparison.rows(rounds);
      Kernels kernels = Kernels.of(content);
      AtomicFile.write(file, out -> out.write(content));
      progress.advance();
      return new Exported(
          OnnxFile.read(file),
          material.toString(),
          runs,
          layers,
          kernels.counts(),
          kernels.widened());
    }
  }

  /** What of a network is written: its grids, or its floats. */
  static QuantizedGraph form(Network network) {
    return network instanceof Quantized quantized
        ? quantized.form()
        : new QuantizedGraph(Folding.fold(network), Mode.WEIGHT_ONLY, Map.of(), Map.of());
  }

  private void requireFits(Graph graph) {
    long[] takes = graph.input().shape().getShape();
    long[] found = samples.map(Samples::inputShape).orElse(takes);
    if (Shape.size("an input", takes) != Shape.size("an image", found)) {
      throw new IllegalArgumentException(
          "the network takes inputs of %s, found %s"
              .formatted(Shape.text(takes), samples.orElseThrow()));
    }
  }
}
