package kerf.quantization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.model.Network;
import kerf.trace.Graph;
import kerf.training.Evaluator;

/**
 * A plan of a sensitivity scan: each layer by itself is quantized to each width, the others stay
 * float, and the accuracy is measured. What to give more bits, or to keep float.
 *
 * @param plan how layers are quantized; those it keeps float are left out
 * @param network the network; it stays as it is
 * @param widths in bits, descending
 * @param samples what accuracy is measured on; null until named
 */
public record BitSensitivity(
    Quantization plan, Network network, List<Integer> widths, Samples samples) {
  /**
   * Checks the widths.
   *
   * @param plan how layers are quantized
   * @param network the network
   * @param widths in bits
   * @param samples what accuracy is measured on; null until named
   */
  public BitSensitivity {
    Argument.require("plan", plan);
    Argument.require("network", network);
    Set<Integer> descending = new TreeSet<>(Comparator.reverseOrder());
    descending.addAll(widths);
    widths = List.copyOf(descending);
    widths.forEach(plan::bits);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("a scan needs at least one width, found none");
    }
  }

  /**
   * Quantizes to other widths.
   *
   * @param bits 2 to 8 or 16, each
   * @return a new plan
   */
  public BitSensitivity bits(int... bits) {
    Argument.require("bits", bits);
    return new BitSensitivity(plan, network, IntStream.of(bits).boxed().toList(), samples);
  }

  /**
   * Measures on these samples.
   *
   * @param validation such as {@code mnist().validation()}
   * @return a new plan
   */
  public BitSensitivity data(Samples validation) {
    Argument.require("validation", validation);
    return new BitSensitivity(plan, network, widths, validation);
  }

  /**
   * Quantizes and measures, side by side on all cores; the result does not depend on how many there
   * are.
   *
   * @return the curves
   * @throws IllegalArgumentException if no data were named, or as {@link Quantization#quantize}
   */
  public BitCurves scan() {
    if (samples == null) {
      throw new IllegalArgumentException(
          "a sensitivity scan needs images to measure on, found none; add .data(mnist().validation())");
    }
    List<String> layers = layers();
    double before = Evaluator.measure(network, samples).accuracy();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.start("sensitivity", (long) layers.size() * widths.size())) {
      List<Callable<BitRow>> work = new ArrayList<>();
      for (String layer : layers) {
        for (int bits : widths) {
          work.add(
              () -> {
                BitRow row = measure(layers, layer, bits, before);
                progress.advance();
                return row;
              });
        }
      }
      List<BitRow> rows = new ArrayList<>();
      for (Future<BitRow> future : threads.invokeAll(work)) {
        rows.add(future.get());
      }
      return new BitCurves(before, rows);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted; run again to scan from the beginning");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The layers that the plan, its ends included, would quantize. */
  private List<String> layers() {
    Prepared prepared = plan.ends().prepare(network);
    Graph graph = prepared.layers();
    return prepared.assignment().weights().keySet().stream()
        .map(weight -> graph.parameter(weight).layer())
        .distinct()
        .toList();
  }

  private BitRow measure(List<String> layers, String layer, int bits, double before) {
    Quantization alone = plan.bits(layer, bits);
    for (String other : layers) {
      alone = other.equals(layer) ? alone : alone.keepFloat(other);
    }
    Quantized quantized = alone.quantize(network);
    String weight = quantized.form().forms().keySet().iterator().next();
    double accuracy = Evaluator.measure(quantized, samples).accuracy();
    return new BitRow(
        layer,
        bits,
        quantized.form().layers().parameter(weight).size(),
        quantized.sqnr(weight),
        accuracy,
        before - accuracy);
  }
}
