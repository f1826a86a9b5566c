package kerf.quantization;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.Session;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.random.RandomStream;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.NumberFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.Quantizer;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.tensor.Scope;
import kerf.trace.Activations;
import kerf.trace.Binding;
import kerf.trace.Graph;
import tech.tablesaw.api.Table;

/**
 * A network made ready to be quantized: batch normalization folded, and a place for an observer at
 * every point. What {@code torch.ao.quantization.prepare} gives.
 *
 * @param plan the plan
 * @param original the float network
 * @param network the float network with batch normalization folded; as it was where weights alone
 *     are quantized and it cannot be traced
 * @param assignment the format of each weight and point
 */
public record Prepared(Quantization plan, Network original, Network network, Assignment assignment)
    implements Shown {
  private static final int BATCH = 64;

  static Prepared of(Quantization plan, Network original) {
    original.requireFinite();
    Preconditions.requireFloat(Untraced.graph(original, plan.mode()));
    Network folded = Folding.fold(original, plan.mode());
    Graph layers = Untraced.graph(folded, plan.mode());
    Assignment assignment = plan.assign(layers);
    Preconditions.requireSomething(plan, assignment, layers);
    return new Prepared(plan, original, folded, assignment);
  }

  /**
   * Observes activations.
   *
   * @param samples such as {@code mnist().train().sample(512, 7)}; seen in batches of 64 in their
   *     order
   * @return the ranges found
   * @throws IllegalArgumentException if there is no sample, or a value is not a finite number
   */
  public Calibrated calibrate(Samples samples) {
    Argument.require("samples", samples);
    Map<String, ObserverState> states = states();
    if (!states.isEmpty()) {
      Fit.require(network, samples);
      Activations.of(network, samples)
          .at(states.keySet().toArray(String[]::new))
          .batch(BATCH)
          .forEach((node, output) -> see(states.get(node.name()), output));
    }
    return new Calibrated(this, quantizers(states), samples);
  }

  /**
   * Observes activations of inputs that are no data set of Kerf's.
   *
   * @param batches row-major inputs, a batch each
   * @param sample the shape of one input, such as {@code 3, 32, 32}
   * @return the ranges found
   * @throws IllegalArgumentException if there is no batch, or a value is not a finite number
   */
  public Calibrated calibrate(List<float[]> batches, long... sample) {
    Argument.require("batches", batches);
    Argument.require("sample", sample);
    Fit.require(network.architecture(), sample, "the batches to calibrate on");
    Map<String, ObserverState> states = states();
    if (states.isEmpty()) {
      return new Calibrated(this, Map.of(), null);
    }
    Graph graph = Graph.of(network);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      Binding binding = Binding.of(session, false);
      for (float[] batch : batches) {
        NDArray input = scope.tensor(batch, batched(batch.length, sample));
        Scope.passing(
            () ->
                graph.run(
                    input,
                    binding,
                    (node, output, training) -> {
                      if (states.containsKey(node.name())) {
                        see(states.get(node.name()), output);
                      }
                      return output;
                    }));
      }
    }
    return new Calibrated(this, quantizers(states), null);
  }

  private static long[] batched(int elements, long... sample) {
    long size = 1;
    long[] shape = new long[sample.length + 1];
    for (int i = 0; i < sample.length; i++) {
      shape[i + 1] = sample[i];
      size *= sample[i];
    }
    shape[0] = elements / size;
    return shape;
  }

  private Map<String, ObserverState> states() {
    Map<String, ObserverState> states = new LinkedHashMap<>();
    assignment.points().forEach((name, format) -> states.put(name, plan.observer().start(format)));
    return states;
  }

  private static void see(ObserverState state, NDArray output) {
    state.observe(Scope.floats(output), output.getShape().getShape());
  }

  private static Map<String, Quantizer> quantizers(Map<String, ObserverState> states) {
    Map<String, Quantizer> quantizers = new LinkedHashMap<>();
    states.forEach(
        (name, state) -> {
          try {
            quantizers.put(name, state.quantizer());
          } catch (IllegalStateException e) {
            throw new IllegalStateException("point %s: %s".formatted(name, e.getMessage()), e);
          }
        });
    return quantizers;
  }

  /**
   * Quantizes what needs no calibration: weights alone, or dynamically.
   *
   * @return the quantized network
   * @throws IllegalStateException if there are points, whose ranges are not known yet
   */
  public Quantized convert() {
    if (!assignment.points().isEmpty()) {
      throw new IllegalStateException(
          "converting needs the ranges of %d points (%s), found none: nothing was observed yet;"
                  .formatted(
                      assignment.points().size(), String.join(", ", assignment.points().keySet()))
              + " call .calibrate(mnist().train().sample(512, 7)) first");
    }
    return new Calibrated(this, Map.of(), null).convert();
  }

  /** The graph, or the layers with weights where there is none. */
  Graph layers() {
    return Untraced.graph(network, plan.mode());
  }

  /** The form of each weight, its range observed; scales leave room for biases of 32 bits. */
  Map<String, WeightForm> forms(Map<String, Quantizer> points) {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    Graph layers = layers();
    assignment
        .weights()
        .forEach(
            (name, format) -> {
              if (format instanceof LowBitFormat few) {
                String layer = Graph.of(network).parameter(name).layer();
                LowBits.requireKept(network, layer, few);
              }
            });
    assignment
        .weights()
        .forEach(
            (name, format) ->
                forms.put(
                    name,
                    form(
                        format,
                        plan.weightObserver(),
                        network.values(name),
                        layers.parameter(name).shape())));
    BiasRoom.widen(layers, network, points, forms);
    return forms;
  }

  private static WeightForm form(
      NumberFormat format, Observer observer, float[] weights, long... shape) {
    if (format instanceof IntegerFormat integers) {
      ObserverState state = observer.start(integers);
      state.observe(weights, shape);
      return new WeightForm.Grid(state.quantizer());
    }
    if (format instanceof PaletteFormat palette) {
      return Palette.of(weights, palette);
    }
    if (format instanceof LowBitFormat few) {
      return ChannelPalette.of(few.rounded(weights, shape), (int) shape[0], few.bits());
    }
    return new WeightForm.ShortFloat((FloatFormat) format);
  }

  /**
   * Lists what will be quantized.
   *
   * @return a table, a row a tensor: tensor, kind, format, observer
   */
  public Table table() {
    List<PreparedRow> rows = new ArrayList<>();
    assignment
        .weights()
        .forEach(
            (name, format) ->
                rows.add(
                    new PreparedRow(
                        name,
                        "weights",
                        format.toString(),
                        format instanceof IntegerFormat ? plan.weightObserver().toString() : "")));
    assignment
        .points()
        .forEach(
            (name, format) ->
                rows.add(
                    new PreparedRow(
                        name, "activations", format.toString(), plan.observer().toString())));
    assignment
        .inputs()
        .forEach(
            (name, format) ->
                rows.add(
                    new PreparedRow(name + " input", "activations", format.toString(), "batch")));
    return Rows.table("To be quantized", PreparedRow.class, rows);
  }

  /**
   * A tensor that will be quantized.
   *
   * @param tensor the weight, or the node whose output it is
   * @param kind weights or activations
   * @param format what it will be rounded to
   * @param observer what finds its range; batch: the least and greatest number of each batch
   */
  private record PreparedRow(String tensor, String kind, String format, String observer) {}

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "%s, prepared: %d weights and %d points to quantize%s"
        .formatted(
            Folding.base(network.architecture()),
            assignment.weights().size(),
            assignment.points().size(),
            Untraced.note(layers()));
  }
}
