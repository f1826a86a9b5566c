package kerf.export;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Network;
import kerf.model.Session;
import kerf.quantization.FakeQuantize;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * Compares a file with its network layer by layer. What ONNX Runtime computed takes the place of
 * what the engine did as soon as the two are compared, so each layer is judged by its own errors
 * and not by those of the layers before it.
 */
final class LayerComparison {
  private static final int SAMPLES = 256;
  private static final int BATCH = 64;

  private final Map<String, Optional<Quantizer>> probes;
  private final Map<String, Count> counts = new LinkedHashMap<>();

  private LayerComparison(Map<String, Optional<Quantizer>> probes) {
    this.probes = probes;
    probes.keySet().forEach(name -> counts.put(name, new Count()));
  }

  static List<LayerAgreement> of(QuantizedGraph form, Material material) {
    Network network = form.simulated();
    Graph graph = Graph.of(network);
    try (Probed runtime = Probed.of(form);
        Scope scope = Scope.open()) {
      LayerComparison comparison = new LayerComparison(runtime.probes());
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      long[] sample = graph.input().shape().getShape();
      int size = Math.min(SAMPLES, material.size());
      for (int first = 0; first < size; first += BATCH) {
        int count = Math.min(BATCH, size - first);
        float[] values = material.inputs(first, count);
        Map<String, float[]> outputs = runtime.outputs(values, count);
        Scope.passing(
            () -> {
              NDArray input = scope.tensor(values, Answers.batch(count, sample));
              Binding binding = Binding.of(session, false);
              graph.run(
                  input, binding, (node, own, training) -> comparison.pass(node, own, outputs));
            });
      }
      return comparison.rows();
    }
  }

  private NDArray pass(Node node, NDArray own, Map<String, float[]> outputs) {
    // A point is compared behind its fake quantization.
    boolean rounded = node.operator() instanceof FakeQuantize;
    String name = rounded ? node.inputs().get(0) : node.name();
    Optional<Quantizer> grid = probes.getOrDefault(name, Optional.empty());
    if (!probes.containsKey(name) || grid.isPresent() != rounded) {
      return own;
    }
    float[] runtime = outputs.get(name);
    float scale = grid.map(quantizer -> quantizer.params().get(0).scale()).orElse(0f);
    counts.get(name).add(Scope.floats(own), runtime, scale);
    return Scope.beside(own, runtime);
  }

  private List<LayerAgreement> rows() {
    List<LayerAgreement> rows = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          Optional<Quantizer> grid = probes.get(name);
          rows.add(
              new LayerAgreement(
                  name,
                  grid.map(quantizer -> quantizer.format().toString()).orElse("float"),
                  count.numbers,
                  grid.isPresent() ? (Double) (count.others / (double) count.numbers) : null,
                  grid.isPresent() ? (Double) count.quanta : null,
                  count.difference / Math.max(count.largest, Float.MIN_NORMAL)));
        });
    return rows;
  }

  private static final class Count {
    private long numbers;
    private long others;
    private double quanta;
    private double difference;
    private double largest;

    void add(float[] engine, float[] runtime, float scale) {
      for (int i = 0; i < engine.length; i++) {
        double apart = Math.abs((double) engine[i] - runtime[i]);
        difference = Math.max(difference, apart);
        largest = Math.max(largest, Math.abs((double) engine[i]));
        double steps = scale == 0 ? 0 : Math.rint(apart / scale);
        others += steps == 0 ? 0 : 1;
        quanta = Math.max(quanta, steps);
      }
      numbers += engine.length;
    }
  }
}
