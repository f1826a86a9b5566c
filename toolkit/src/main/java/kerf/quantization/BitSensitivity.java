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
import kerf.curvature.Hessian;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.display.Progress;
import kerf.model.Network;
import kerf.trace.Graph;
import kerf.training.CrossEntropy;
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
    requireData();
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
      return new BitCurves(plan, before, rows);
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

  /**
   * Estimates what each width of each layer adds to the loss, from second derivatives instead of
   * accuracies; no layer is tried out. Z. Dong et al., "HAWQ-V2", NeurIPS 2020, section 3. The loss
   * is the cross entropy on the named data, best a few hundred training samples: at a minimum, half
   * the mean second derivative of a layer's weights times the squared error of their rounding. What
   * rounding activations adds is left out.
   *
   * @param vectors random vectors for the trace of each layer's Hessian, 1 or more, such as 32
   * @return what each width adds, modelled
   * @throws IllegalArgumentException if no data were named, or as {@link Quantization#quantize}
   */
  public TraceCurves traces(int vectors) {
    requireData();
    Quantization weights = plan.weightOnly();
    Network folded = plan.ends().prepare(network).network();
    Hessian hessian = Hessian.of(folded, samples, new CrossEntropy());
    List<String> layers = layers();
    List<TraceRow> rows = new ArrayList<>();
    try (Progress progress = Progress.start("second derivatives", layers.size())) {
      for (String layer : layers) {
        Interrupts.check();
        double trace = hessian.averageTrace(layer, vectors, 0);
        for (int bits : widths) {
          QuantizedGraph form = alone(weights, layers, layer, bits).quantize(network).form();
          double error = 0;
          for (String weight : form.forms().keySet()) {
            error += squaredError(folded.values(weight), form.rounded().values(weight));
          }
          // A layer that bends the wrong way is not at a minimum; rounding it gains nothing.
          double added = Math.max(0, trace * error / 2);
          rows.add(new TraceRow(layer, bits, weights(form), bytes(form), trace, error, added));
        }
        progress.advance();
      }
    }
    return new TraceCurves(plan, rows);
  }

  private static double squaredError(float[] values, float... rounded) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double error = (double) rounded[i] - values[i];
      sum += error * error;
    }
    return sum;
  }

  private static long weights(QuantizedGraph form) {
    return form.forms().keySet().stream()
        .mapToLong(weight -> form.layers().parameter(weight).size())
        .sum();
  }

  /** What the quantized weights take: all bytes but those of what stays in floats. */
  private static long bytes(QuantizedGraph form) {
    return form.bytes() - (form.floatBytes() - 4 * weights(form));
  }

  private static Quantization alone(
      Quantization plan, List<String> layers, String layer, int bits) {
    Quantization alone = plan.bits(layer, bits);
    for (String other : layers) {
      alone = other.equals(layer) ? alone : alone.keepFloat(other);
    }
    return alone;
  }

  private void requireData() {
    if (samples == null) {
      throw new IllegalArgumentException(
          "a sensitivity scan needs images to measure on, found none; add .data(mnist().validation())");
    }
  }

  private BitRow measure(List<String> layers, String layer, int bits, double before) {
    Quantized quantized = alone(plan, layers, layer, bits).quantize(network);
    QuantizedGraph form = quantized.form();
    String weight = form.forms().keySet().iterator().next();
    double accuracy = Evaluator.measure(quantized, samples).accuracy();
    return new BitRow(
        layer,
        bits,
        weights(form),
        bytes(form),
        quantized.sqnr(weight),
        accuracy,
        before - accuracy);
  }
}
