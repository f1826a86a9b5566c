package kerf.qat;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Folding;
import kerf.quantization.LowBits;
import kerf.quantization.Mode;
import kerf.quantization.Palette;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.trace.Node;

/** Takes what a network learned with rounded numbers out of it: plain layers, and their grids. */
final class Conversion {
  private final Network trained;
  private final Graph graph;
  private final Network network;

  Conversion(Network trained) {
    this.trained = trained;
    this.graph = Graph.of(trained);
    if (graph.nodes().stream()
        .noneMatch(
            n ->
                n.operator() instanceof QuantizedLayer
                    || n.operator() instanceof SharedLayer
                    || n.operator() instanceof LowBitLayer)) {
      throw new IllegalArgumentException(
          "conversion needs a network prepared for quantization-aware training, found %s; call qat().prepare(network) and train that"
              .formatted(trained.architecture().describe()));
    }
    this.network = shared(Folding.fold(plain()));
  }

  QuantizedGraph converted() {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    Map<String, Quantizer> points = new LinkedHashMap<>();
    boolean seen = false;
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof QuantizedLayer layer) {
        forms.put(layer.weight(), new WeightForm.Grid(weights(layer)));
      } else if (node.operator() instanceof SharedLayer layer) {
        layer.shared().forEach(each -> forms.put(each.weight(), palette(each)));
      } else if (node.operator() instanceof LowBitLayer layer) {
        layer.latent().forEach(each -> forms.put(each.name(), channels(each)));
      } else if (node.operator() instanceof RunningFakeQuantize fake) {
        float[] ends = trained.values(fake.range());
        points.put(graph.parameter(fake.range()).layer(), quantizer(fake.format(), ends));
        seen |= ends[0] != 0 || ends[1] != 0;
      } else if (node.operator() instanceof LearnedFakeQuantize fake) {
        float step = trained.values(fake.step())[0];
        int zero = (int) trained.values(fake.zero())[0];
        points.put(
            graph.parameter(fake.step()).layer(),
            step == 0
                ? quantizer(fake.format(), 0, 0)
                : fake.format().quantizer(new QuantParams(step, zero)));
        seen |= step != 0;
      }
    }
    if (!seen && !points.isEmpty()) {
      throw new IllegalStateException(
          "%s saw nothing but zeros, so there are no scales to give; train the prepared network first: qat().train(network, mnist())"
              .formatted(String.join(", ", points.keySet())));
    }
    boolean alone =
        graph.nodes().stream()
            .anyMatch(
                n -> n.operator() instanceof SharedLayer || n.operator() instanceof LowBitLayer);
    return new QuantizedGraph(network, alone ? Mode.WEIGHT_ONLY : Mode.STATIC, forms, points);
  }

  /** The values that are there after folding, which scales a channel as a whole. */
  private ChannelPalette channels(LowBitLayer.Weight weight) {
    ParameterSpec spec = Graph.of(network).parameter(weight.name());
    return ChannelPalette.of(
        network.values(weight.name()), (int) spec.shape()[0], weight.format().bits());
  }

  private Palette palette(SharedLayer.Shared shared) {
    float[] centroids = trained.values(shared.centroids());
    for (float weight : trained.values(shared.weight())) {
      if (weight == 0) {
        return Palette.withZero(shared.bits(), centroids);
      }
    }
    return new Palette(centroids, shared.bits());
  }

  /** The folded network with the shared values themselves in place of weights. */
  private Network shared(Network folded) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : Graph.of(folded).parameters()) {
      values.put(spec.name(), folded.values(spec.name()));
    }
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof SharedLayer layer) {
        layer.shared().forEach(each -> values.put(each.weight(), values(each)));
      }
    }
    return folded.revalued(values);
  }

  private float[] values(SharedLayer.Shared shared) {
    float[] centroids = trained.values(shared.centroids());
    float[] labels = trained.values(shared.labels());
    float[] weights = trained.values(shared.weight());
    float[] values = new float[weights.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights[i] == 0 ? 0 : centroids[(int) labels[i]];
    }
    return values;
  }

  /** The same layers without rounding, their values as trained. */
  private Network plain() {
    Graph plain = graph;
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof RunningFakeQuantize
          || node.operator() instanceof LearnedFakeQuantize) {
        plain = plain.without(node.name());
      } else if (node.operator().inner() != node.operator()) {
        plain = plain.replaced(node.name(), node.operator().inner());
      }
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : plain.parameters()) {
      values.put(spec.name(), trained.values(spec.name()));
    }
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof LowBitLayer layer) {
        layer.latent().forEach(each -> values.put(each.name(), values(each)));
      }
    }
    return new Network(
            plain.architecture(
                "trained " + trained.architecture().describe(),
                trained.architecture().initialization()),
            values)
        .masked(trained.mask());
  }

  /** What the layer computes with: found by the same arithmetic. */
  private float[] values(LowBitLayer.Weight weight) {
    ParameterSpec spec = graph.parameter(weight.name());
    LowBits.requireKept(trained, spec.layer(), weight.format());
    try (Scope scope = Scope.open()) {
      List<NDArray> arguments = new ArrayList<>();
      arguments.add(scope.tensor(trained.values(weight.name()), spec.shape()));
      weight.levels().ifPresent(levels -> arguments.add(scope.tensor(trained.values(levels), 2)));
      return Scope.floats(
          LowBitScript.weights(weight.format(), false).apply(arguments.toArray(NDArray[]::new)));
    }
  }

  private Quantizer weights(QuantizedLayer layer) {
    if (layer.range() instanceof WeightRange.Learned learned) {
      float[] steps = trained.values(learned.step());
      return layer
          .format()
          .quantizer(
              IntStream.range(0, steps.length)
                  .mapToObj(row -> new QuantParams(steps[row], 0))
                  .toArray(QuantParams[]::new));
    }
    float[] weights = network.values(layer.weight());
    // Without folding in training the range that ran is that of other numbers.
    boolean asTrained =
        layer.fold().isPresent() || Arrays.equals(weights, trained.values(layer.weight()));
    if (layer.range() instanceof WeightRange.Moving moving && asTrained) {
      return quantizer(layer.format(), seenOnceMore(moving, weights));
    }
    ObserverState state = Observer.minMax().start(layer.format());
    state.observe(weights, layer.shape().getShape());
    return state.quantizer();
  }

  /** The last step moved the weights after they were seen, so PyTorch's conversion looks again. */
  private float[] seenOnceMore(WeightRange.Moving moving, float... weights) {
    float[] ends = trained.values(moving.range());
    if (trained.values(Switch.STATE)[Switch.OBSERVERS_FROZEN.ordinal()] != 0) {
      return ends;
    }
    int rows = ends.length / 2;
    int each = weights.length / rows;
    boolean first = IntStream.range(0, ends.length).allMatch(i -> ends[i] == 0);
    float share = first ? 1 : (float) moving.constant();
    float[] moved = new float[ends.length];
    for (int row = 0; row < rows; row++) {
      float low = weights[row * each];
      float high = low;
      for (int i = row * each; i < (row + 1) * each; i++) {
        low = Math.min(low, weights[i]);
        high = Math.max(high, weights[i]);
      }
      moved[row] = ends[row] + share * (low - ends[row]);
      moved[rows + row] = ends[rows + row] + share * (high - ends[rows + row]);
    }
    return moved;
  }

  /** By the formula of observers, as in PyTorch's conversion; while training the fused one runs. */
  private static Quantizer quantizer(IntegerFormat format, float... ends) {
    int rows = ends.length / 2;
    return format.quantizer(
        IntStream.range(0, rows)
            .mapToObj(i -> format.params(ends[i], ends[rows + i]))
            .toArray(QuantParams[]::new));
  }
}
