package kerf.quantization;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.Session;
import kerf.packed.BinaryWeights;
import kerf.packed.PackedConvolution;
import kerf.packed.PackedLinear;
import kerf.packed.PackedWeights;
import kerf.packed.SignImages;
import kerf.packed.SignRows;
import kerf.packed.TernaryWeights;
import kerf.random.RandomStream;
import kerf.table.Bytes;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import kerf.tensor.Scope;
import kerf.trace.Activation;
import kerf.trace.Binding;
import kerf.trace.Convolution;
import kerf.trace.Graph;
import kerf.trace.Linear;
import kerf.trace.Node;
import kerf.trace.Operator;
import tech.tablesaw.api.Table;

/**
 * A network whose layers of binary and ternary weights compute with bits where they read signs
 * ({@code kerf.packed}); the engine computes the rest, in floats.
 */
public final class PackedNetwork implements Shown {
  private static final int BATCH = 256;

  private final Graph graph;
  private final Network rounded;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final List<PackedRow> rows = new ArrayList<>();

  /** A layer on a batch of signs. */
  @FunctionalInterface
  private interface Layer {
    float[] apply(float[] inputs, long[] shape);
  }

  /**
   * What a layer takes.
   *
   * @param layer its name
   * @param weights how many
   * @param bits of a weight
   * @param floatBytes in floats
   * @param packedBytes packed, with levels
   * @param ratio packed over floats
   */
  record PackedRow(
      String layer,
      long weights,
      int bits,
      @Bytes long floatBytes,
      @Bytes long packedBytes,
      double ratio) {}

  private PackedNetwork(QuantizedGraph form) {
    this.graph = form.graph();
    this.rounded = form.rounded();
    for (Node node : graph.nodes()) {
      List<String> weights = node.operator().weights();
      if (weights.size() == 1
          && form.forms().get(weights.get(0)) instanceof ChannelPalette palette
          && palette.channels().stream().allMatch(channel -> fits(channel, palette.bits()))
          && readsSigns(node)) {
        pack(node, palette.bits());
      }
    }
  }

  /**
   * Packs a quantized network.
   *
   * @param quantized with layers of binary or ternary weights that read signs
   * @return the network that computes with bits
   * @throws IllegalArgumentException if no layer can
   */
  public static PackedNetwork of(Quantized quantized) {
    Argument.require("quantized", quantized);
    PackedNetwork packed = new PackedNetwork(quantized.form());
    if (packed.layers.isEmpty()) {
      throw new IllegalArgumentException(
          "bits are counted where binary or ternary weights read signs, found no such layer in %s; train with qat().weights(binary()).binaryInputs()"
              .formatted(quantized.original().architecture().describe()));
    }
    return packed;
  }

  /** Plus and minus one number in 1 bit, or two numbers besides 0 in 2. */
  private static boolean fits(Palette channel, int bits) {
    float[] colors = channel.colors();
    int others = 0;
    for (float color : colors) {
      others += color == 0 ? 0 : 1;
    }
    return bits == 1 ? colors.length == 1 || colors[0] == -colors[1] : bits == 2 && others <= 2;
  }

  private boolean readsSigns(Node node) {
    Operator source = graph.node(Points.source(graph, node.inputs().get(0))).operator();
    return source instanceof Activation activation
        && activation.function() == Activation.Function.SIGN;
  }

  private void pack(Node node, int bits) {
    if (node.operator() instanceof Linear linear && node.shape().dimension() == 1) {
      PackedWeights weights = weights(linear.weight(), (int) linear.outputs(), 1, bits);
      PackedLinear packed = new PackedLinear(weights, bias(linear.bias(), weights.rows()));
      put(node, weights, bits, (x, shape) -> packed.apply(SignRows.of(x, (int) shape[0])));
    } else if (node.operator() instanceof Convolution conv
        && conv.groups() == 1
        && conv.kernel().dimension() == 2) {
      int taps = (int) conv.kernel().size();
      PackedWeights weights = weights(conv.weight(), (int) conv.outputs(), taps, bits);
      var window = Shapes.window(conv.kernel(), conv.stride(), conv.padding(), conv.dilation());
      PackedConvolution packed =
          new PackedConvolution(weights, window, bias(conv.bias(), weights.rows()));
      put(
          node,
          weights,
          bits,
          (x, s) -> packed.apply(SignImages.of(x, (int) s[0], (int) s[1], (int) s[2], (int) s[3])));
    }
  }

  private PackedWeights weights(String name, int rows, int taps, int bits) {
    float[] values = rounded.values(name);
    return bits == 1 ? BinaryWeights.of(values, rows, taps) : TernaryWeights.of(values, rows, taps);
  }

  private float[] bias(Optional<String> bias, int rows) {
    return bias.map(rounded::values).orElseGet(() -> new float[rows]);
  }

  private void put(Node node, PackedWeights weights, int bits, Layer layer) {
    layers.put(node.name(), layer);
    long count = (long) weights.rows() * weights.columns() * weights.taps();
    long bytes = weights.bytes();
    rows.add(new PackedRow(node.name(), count, bits, 4 * count, bytes, bytes / (4.0 * count)));
  }

  /**
   * Lists the layers that compute with bits.
   *
   * @return their names, in the order of the graph
   */
  public List<String> packedLayers() {
    return List.copyOf(layers.keySet());
  }

  /**
   * Counts what the weights of the packed layers take.
   *
   * @return bytes, with the levels of each row
   */
  public long bytes() {
    return rows.stream().mapToLong(PackedRow::packedBytes).sum();
  }

  /**
   * Computes a batch.
   *
   * @param inputs row-major inputs
   * @param batch how many
   * @return the outputs, row-major, the batch as axis 0
   */
  public float[] outputs(float[] inputs, int batch) {
    Argument.require("inputs", inputs);
    if (batch < 1 || inputs.length != batch * graph.input().shape().size()) {
      throw new IllegalArgumentException(
          "a batch needs %,d numbers an input, 1 input or more, found %,d numbers for %,d inputs"
              .formatted(graph.input().shape().size(), inputs.length, batch));
    }
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, rounded, RandomStream.of(0, "dropout"));
      Binding binding = Binding.of(session, false);
      Map<String, NDArray> outputs = new HashMap<>();
      for (Node node : graph.nodes()) {
        List<NDArray> own = node.inputs().stream().map(outputs::get).toList();
        Layer layer = layers.get(node.name());
        NDArray output;
        if (own.isEmpty()) {
          output = scope.tensor(inputs, Shapes.batched(batch, graph.input().shape()));
        } else if (layer != null) {
          NDArray x = own.get(0);
          float[] found = layer.apply(Scope.floats(x), x.getShape().getShape());
          output = scope.tensor(found, Shapes.batched(batch, node.shape()));
        } else {
          output = node.operator().run(own, binding);
        }
        outputs.put(node.name(), output);
      }
      return Scope.floats(outputs.get(graph.output()));
    }
  }

  /**
   * Measures the share of samples that are classified rightly.
   *
   * @param samples such as {@code mnist().test()}
   * @return the fraction
   */
  public double accuracy(Samples samples) {
    Argument.require("samples", samples);
    Fit.require(rounded, samples);
    float[] inputs = samples.inputs();
    int each = inputs.length / samples.size();
    int right = 0;
    for (int from = 0; from < samples.size(); from += BATCH) {
      int batch = Math.min(BATCH, samples.size() - from);
      float[] own = Arrays.copyOfRange(inputs, from * each, (from + batch) * each);
      int[] classes = IntegerNetwork.greatest(outputs(own, batch), batch);
      for (int i = 0; i < batch; i++) {
        right += classes[i] == samples.label(from + i) ? 1 : 0;
      }
    }
    return right / (double) samples.size();
  }

  /**
   * Lists the packed layers.
   *
   * @return a table, a row a layer: weights, bits, bytes in floats and packed
   */
  public Table table() {
    return Rows.table("Packed layers", PackedRow.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "%s with %s packed: %,d bytes of weights"
        .formatted(
            Folding.base(rounded.architecture()), String.join(", ", layers.keySet()), bytes());
  }
}
