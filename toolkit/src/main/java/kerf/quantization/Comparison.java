package kerf.quantization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.display.Progress;
import kerf.model.Fit;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Graph;

/** Runs a network in both ways and counts differences. */
final class Comparison {
  private static final int BATCH = 16;

  private final Quantized quantized;
  private final QuantizedGraph form;
  private final IntegerNetwork network;
  private final Map<String, Tally> alone = new LinkedHashMap<>();
  private final Map<String, Tally> chained = new LinkedHashMap<>();
  private List<String> exact = List.of();
  private int agree;
  private int simulatedRight;
  private int integersRight;

  Comparison(Quantized quantized) {
    this.quantized = quantized;
    this.form = quantized.form();
    this.network = IntegerNetwork.of(form);
    for (String point : form.points().keySet()) {
      alone.put(point, new Tally());
      chained.put(point, new Tally());
    }
  }

  Agreement of(Samples samples) {
    Fit.require(quantized, samples);
    float[] inputs = samples.inputs();
    int each = inputs.length / samples.size();
    try (Progress progress = Progress.start("integers", samples.size())) {
      for (int first = 0; first < samples.size(); first += BATCH) {
        Interrupts.check();
        int end = Math.min(samples.size(), first + BATCH);
        int[] labels = Arrays.copyOfRange(samples.labels(), first, end);
        add(Arrays.copyOfRange(inputs, first * each, end * each), labels);
        progress.advance(labels.length);
      }
    }
    List<AgreementRow> rows = new ArrayList<>();
    for (String point : form.points().keySet()) {
      Tally one = alone.get(point);
      Tally all = chained.get(point);
      String arithmetic = exact.contains(point) ? "integers" : "floats, rounded";
      rows.add(
          new AgreementRow(
              point, arithmetic, one.values, one.share(), one.most, all.share(), all.most));
    }
    return new Agreement(rows, samples.size(), agree, simulatedRight, integersRight);
  }

  private void add(float[] inputs, int... labels) {
    Map<String, int[]> expected = new LinkedHashMap<>();
    float[] output = simulate(inputs, labels.length, expected);
    IntegerNetwork.Result own = network.run(inputs, labels.length);
    IntegerNetwork.Result given = network.run(inputs, labels.length, expected);
    for (String point : form.points().keySet()) {
      chained.get(point).add(expected.get(point), own.integers(point));
      alone.get(point).add(expected.get(point), given.integers(point));
    }
    exact = own.integerNodes();
    int[] theirs = IntegerNetwork.greatest(output, labels.length);
    int[] ours = IntegerNetwork.greatest(own.output(), labels.length);
    for (int i = 0; i < labels.length; i++) {
      agree += ours[i] == theirs[i] ? 1 : 0;
      simulatedRight += theirs[i] == labels[i] ? 1 : 0;
      integersRight += ours[i] == labels[i] ? 1 : 0;
    }
  }

  /** The output by fake quantization; the integers at the points go into a map. */
  private float[] simulate(float[] inputs, int batch, Map<String, int[]> integers) {
    Graph graph = Graph.of(quantized);
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, quantized, RandomStream.of(0, "dropout"));
      var output =
          graph.run(
              scope.tensor(inputs, Shapes.batched(batch, graph.input().shape())),
              Binding.of(session, false),
              (node, values, training) -> {
                if (node.operator() instanceof FakeQuantize fake) {
                  Quantizer grid = fake.quantizer();
                  float[] floats = Scope.floats(values);
                  int[] own = grid.quantize(floats, floats.length).integers();
                  integers.put(node.inputs().get(0), own);
                }
                return values;
              });
      return Scope.floats(output);
    }
  }

  /** Differences at one point. */
  private static final class Tally {
    private long values;
    private long different;
    private int most;

    void add(int[] expected, int... found) {
      for (int i = 0; i < found.length; i++) {
        int difference = Math.abs(expected[i] - found[i]);
        different += difference > 0 ? 1 : 0;
        most = Math.max(most, difference);
      }
      values += found.length;
    }

    double share() {
      return different / (double) values;
    }
  }
}
