package kerf.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.model.Fit;
import kerf.model.Session;
import kerf.quantization.FakeQuantize;
import kerf.quantization.IntegerNetwork;
import kerf.quantization.Quantized;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Graph;

/** Runs a network in three ways and counts differences. What ONNX Runtime gave goes on in all. */
final class ArithmeticComparison {
  private static final int BATCH = 16;

  private final Quantized quantized;
  private final Graph graph;
  private final IntegerNetwork network;
  private final Map<String, Counts> counts = new LinkedHashMap<>();
  private List<String> exact = List.of();

  ArithmeticComparison(Quantized quantized) {
    this.quantized = quantized;
    this.graph = Graph.of(quantized);
    this.network = IntegerNetwork.of(quantized.form());
    quantized.form().points().keySet().forEach(point -> counts.put(point, new Counts()));
  }

  Arithmetics of(Samples samples) {
    Fit.require(quantized, samples);
    Material material = Material.of(samples);
    int width = Math.toIntExact(graph.node(graph.output()).shape().size());
    float[] integers = new float[samples.size() * width];
    try (Probed runtime = Probed.of(quantized.form());
        Progress progress = Progress.start("integers", (samples.size() + BATCH - 1) / BATCH)) {
      for (int first = 0; first < samples.size(); first += BATCH) {
        int count = Math.min(BATCH, samples.size() - first);
        float[] inputs = material.inputs(first, count);
        add(inputs, count, runtime);
        float[] output = network.run(inputs, count).output();
        System.arraycopy(output, 0, integers, first * width, output.length);
        progress.advance();
      }
    }
    Answers fake = Answers.of(quantized, material);
    byte[] model = Translation.model(quantized.form()).toByteArray();
    Answers third = Answers.of(model, quantized.form().graph(), material);
    return judged(samples, fake, new Answers(integers, samples.size(), fake.classes()), third);
  }

  private void add(float[] inputs, int count, Probed runtime) {
    Map<String, float[]> outputs = runtime.outputs(inputs, count);
    Map<String, int[]> given = new LinkedHashMap<>();
    runtime
        .probes()
        .forEach(
            (name, grid) ->
                grid.ifPresent(own -> given.put(name, integers(own, outputs.get(name)))));
    Map<String, int[]> fake = fake(inputs, count, outputs);
    IntegerNetwork.Result result = network.run(inputs, count, given);
    counts.forEach(
        (point, each) -> each.add(fake.get(point), result.integers(point), given.get(point)));
    exact = result.integerNodes();
  }

  private Map<String, int[]> fake(float[] inputs, int count, Map<String, float[]> outputs) {
    Map<String, int[]> integers = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, quantized, RandomStream.of(0, "dropout"));
      long[] shape = Answers.batch(count, graph.input().shape().getShape());
      graph.run(
          scope.tensor(inputs, shape),
          Binding.of(session, false),
          (node, own, training) -> {
            if (node.operator() instanceof FakeQuantize fake) {
              String point = node.inputs().get(0);
              integers.put(point, integers(fake.quantizer(), Scope.floats(own)));
              return Scope.beside(own, outputs.get(point));
            }
            return own;
          });
    }
    return integers;
  }

  private static int[] integers(Quantizer grid, float... values) {
    return grid.quantize(values, values.length).integers();
  }

  private Arithmetics judged(Samples samples, Answers fake, Answers integers, Answers runtime) {
    int[] right = new int[3];
    int same = 0;
    for (int i = 0; i < samples.size(); i++) {
      int label = samples.label(i);
      right[0] += fake.top(i) == label ? 1 : 0;
      right[1] += integers.top(i) == label ? 1 : 0;
      right[2] += runtime.top(i) == label ? 1 : 0;
      same += fake.top(i) == integers.top(i) && fake.top(i) == runtime.top(i) ? 1 : 0;
    }
    List<ArithmeticRow> rows = new ArrayList<>();
    counts.forEach((point, each) -> rows.add(each.row(point, exact.contains(point))));
    return new Arithmetics(rows, samples.size(), right[0], right[1], right[2], same);
  }

  /** Differences at one point: fake and runtime, integers and runtime, fake and integers. */
  private static final class Counts {
    private final long[] different = new long[3];
    private final int[] most = new int[3];
    private long numbers;

    void add(int[] fake, int[] integers, int... runtime) {
      count(0, fake, runtime);
      count(1, integers, runtime);
      count(2, fake, integers);
      numbers += runtime.length;
    }

    private void count(int pair, int[] one, int... other) {
      for (int i = 0; i < one.length; i++) {
        int apart = Math.abs(one[i] - other[i]);
        different[pair] += apart > 0 ? 1 : 0;
        most[pair] = Math.max(most[pair], apart);
      }
    }

    ArithmeticRow row(String point, boolean integers) {
      double all = numbers;
      return new ArithmeticRow(
          point,
          integers ? "integers" : "floats, rounded",
          numbers,
          different[0] / all,
          most[0],
          different[1] / all,
          most[1],
          different[2] / all,
          most[2]);
    }
  }
}
