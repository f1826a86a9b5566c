package kerf.repair;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.quantization.FakeQuantize;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A float network and what quantization makes of it, computed side by side, one node after the
 * other, each on all samples: so a layer can be repaired before anything behind it is computed.
 *
 * <p>Of what nobody reads any more nothing is kept.
 */
final class Lanes {
  private static final int BATCH = 64;

  private final Network reference;
  private final QuantizedGraph quantized;
  private final Samples samples;

  Lanes(Network reference, QuantizedGraph quantized, Samples samples) {
    this.reference = reference;
    this.quantized = quantized;
    this.samples = samples;
  }

  /** Called at every layer with quantized weights, before its output is computed. */
  interface Visitor {
    void visit(Stop stop);
  }

  /**
   * Runs both lanes.
   *
   * @return the quantized graph as the visitor left it
   */
  QuantizedGraph run(Visitor visitor) {
    Graph graph = quantized.graph();
    try (Scope scope = Scope.open()) {
      Lane exact = new Lane(scope, values(reference, graph), graph);
      Lane rounded = new Lane(scope, values(quantized.network(), graph), graph);
      quantized.forms().forEach(rounded::form);
      Map<String, Integer> unread = new HashMap<>();
      graph.nodes().forEach(node -> unread.put(node.name(), graph.readers(node.name()).size()));
      for (Node node : graph.nodes()) {
        Interrupts.check();
        exact.compute(node, samples);
        Optional<Layer> layer =
            Layer.of(node)
                .filter(own -> rounded.rounds(own.weight()))
                .filter(own -> users(graph, own.weight()) == 1);
        layer.ifPresent(own -> visitor.visit(new Stop(node, own, graph, scope, exact, rounded)));
        rounded.compute(node, samples);
        rounded.quantize(node, quantized.points().get(node.name()));
        for (String input : node.inputs()) {
          if (unread.merge(input, -1, Integer::sum) == 0) {
            exact.forget(input);
            rounded.forget(input);
          }
        }
      }
      return new QuantizedGraph(
          quantized.network().revalued(rounded.values),
          quantized.mode(),
          rounded.forms,
          quantized.points());
    }
  }

  private static long users(Graph graph, String weight) {
    return graph.nodes().stream().filter(n -> n.operator().weights().contains(weight)).count();
  }

  static Map<String, float[]> values(Network network, Graph graph) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
    return values;
  }

  /** One of the two. */
  static final class Lane implements Binding {
    private final Scope scope;
    private final Map<String, float[]> values;
    private final Map<String, WeightForm> forms = new LinkedHashMap<>();
    private final Map<String, NDArray> arrays = new HashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<String, List<NDArray>> outputs = new HashMap<>();

    Lane(Scope scope, Map<String, float[]> values, Graph graph) {
      this.scope = scope;
      this.values = values;
      graph.parameters().forEach(spec -> shapes.put(spec.name(), spec.shape()));
    }

    void form(String weight, WeightForm form) {
      forms.put(weight, form);
    }

    boolean rounds(String weight) {
      return forms.containsKey(weight);
    }

    WeightForm form(String weight) {
      return forms.get(weight);
    }

    float[] value(String parameter) {
      return values.get(parameter);
    }

    /** Puts another value in place; what is computed from now on is computed with it. */
    void put(String parameter, float[] value) {
      values.put(parameter, value);
      NDArray old = arrays.remove(parameter);
      if (old != null) {
        old.close();
      }
    }

    List<NDArray> outputs(String node) {
      return outputs.get(node);
    }

    @Override
    public NDArray array(String parameter) {
      return arrays.computeIfAbsent(
          parameter,
          name -> {
            float[] own = values.get(name);
            long[] shape = shapes.get(name);
            WeightForm form = forms.get(name);
            return scope.tensor(form == null ? own : form.rounded(own, shape), shape);
          });
    }

    @Override
    public RandomStream dropout() {
      throw new IllegalStateException("nothing is dropped in inference");
    }

    @Override
    public boolean training() {
      return false;
    }

    void compute(Node node, Samples samples) {
      outputs.put(node.name(), node.inputs().isEmpty() ? batches(node, samples) : run(node));
    }

    /** The outputs of a node, nothing kept. */
    List<NDArray> run(Node node) {
      int count = outputs.get(node.inputs().get(0)).size();
      List<NDArray> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int batch = i;
        List<NDArray> inputs =
            node.inputs().stream().map(input -> outputs.get(input).get(batch)).toList();
        results.add(node.operator().run(inputs, this));
      }
      return results;
    }

    private List<NDArray> batches(Node input, Samples samples) {
      // Copies: what is computed from an array lives as long as that array's scope.
      float[] all = samples.inputs();
      int each = all.length / samples.size();
      List<NDArray> batches = new ArrayList<>();
      for (int first = 0; first < samples.size(); first += BATCH) {
        int count = Math.min(BATCH, samples.size() - first);
        float[] own = Arrays.copyOfRange(all, first * each, (first + count) * each);
        long[] shape = new long[input.shape().dimension() + 1];
        shape[0] = count;
        System.arraycopy(input.shape().getShape(), 0, shape, 1, shape.length - 1);
        batches.add(scope.tensor(own, shape));
      }
      return batches;
    }

    void quantize(Node node, Quantizer point) {
      if (point != null) {
        FakeQuantize fake = new FakeQuantize(point);
        List<NDArray> exact = outputs.get(node.name());
        outputs.put(node.name(), exact.stream().map(x -> fake.run(List.of(x), this)).toList());
        close(exact);
      }
    }

    void forget(String node) {
      close(outputs.remove(node));
    }

    /** Frees arrays, but not what an operator has handed on as its own output. */
    private void close(List<NDArray> arrays) {
      for (NDArray array : arrays) {
        if (outputs.values().stream().flatMap(List::stream).noneMatch(other -> other == array)) {
          array.close();
        }
      }
    }
  }
}
