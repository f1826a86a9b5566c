package kerf.golden;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.model.Network;
import kerf.model.Session;
import kerf.observer.Observer;
import kerf.quantization.Arithmetic;
import kerf.quantization.Calibrated;
import kerf.quantization.IntegerNetwork;
import kerf.quantization.Prepared;
import kerf.quantization.Quantization;
import kerf.quantization.QuantizedGraph;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.tensor.Scope;
import kerf.trace.Binding;
import kerf.trace.Graph;

/** PyTorch's static quantization from fusing to converting. */
final class StaticRunner {
  private StaticRunner() {}

  static Map<String, Npy> run(GoldenCase golden) {
    Npy x = golden.input("x");
    long[] sample = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    StaticNetwork own = new StaticNetwork(golden);
    Network network = own.network(sample);
    List<float[]> batches = batches(golden.input("calibration"));

    Prepared prepared = plan(golden).prepare(network);
    Calibrated calibrated = prepared.calibrate(batches, sample);
    QuantizedGraph form = calibrated.convert().form();

    Map<String, Npy> results =
        new HashMap<>(observed(own.points(), prepared.network(), batches, sample));
    own.layers().forEach((name, layer) -> results.putAll(layer(form, name, layer)));
    own.points()
        .forEach(
            (name, node) -> {
              QuantParams params = calibrated.point(node).params().get(0);
              results.put(name + "_scale", floats(params.scale()));
              results.put(name + "_zero_point", longs(params.zeroPoint()));
            });
    IntegerNetwork.Result result =
        IntegerNetwork.of(form)
            .arithmetic(Arithmetic.FLOAT_RESCALING)
            .run(x.floats(), (int) x.shape()[0]);
    Map<String, String> outputs = new HashMap<>(own.points());
    outputs.putAll(own.pools());
    outputs.forEach(
        (name, node) ->
            results.put(
                name + "_out_int",
                bytes(golden.expected().get(name + "_out_int").shape(), result.integers(node))));
    results.put("y", Npy.of(golden.expected().get("y").shape(), result.output()));
    results.put("y_float_network", QuantizedNetworkRunners.outputs(network, x));
    return results;
  }

  private static Quantization plan(GoldenCase golden) {
    IntegerFormat activations = IntegerFormat.unsigned(8);
    return Quantization.plan()
        .weights(Described.format("qint8 " + golden.param("weight_scheme").getAsString()))
        .activations(
            golden.param("reduce_range").getAsBoolean() ? activations.reduceRange() : activations)
        .observer(
            switch (golden.param("activation_observer").getAsString()) {
              case "histogram" -> Observer.histogram();
              case "minmax" -> Observer.minMax();
              default -> throw new IllegalArgumentException("observer of " + golden.name());
            })
        .ends();
  }

  private static List<float[]> batches(Npy calibration) {
    int count = (int) calibration.shape()[0];
    float[] all = calibration.floats();
    int size = all.length / count;
    return IntStream.range(0, count)
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .toList();
  }

  private static Map<String, Npy> layer(QuantizedGraph form, String name, String layer) {
    String weight = layer + ".weight";
    long[] shape = form.graph().parameter(weight).shape();
    float[] values = form.network().values(weight);
    Quantizer grid = form.weights().get(weight);
    float[] scales = new float[grid.params().size()];
    long[] zeros = new long[scales.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = grid.params().get(i).scale();
      zeros[i] = grid.params().get(i).zeroPoint();
    }
    int[] integers = grid.quantize(values, shape).integers();
    Map<String, Npy> results = new HashMap<>();
    results.put(name + "_fused_weight", Npy.of(shape, values));
    if (form.graph().parameters().stream().anyMatch(p -> p.name().equals(layer + ".bias"))) {
      float[] bias = form.network().values(layer + ".bias");
      results.put(name + "_fused_bias", Npy.of(new long[] {bias.length}, bias));
    }
    results.put(
        name + "_weight_int", Npy.of(shape, Arrays.stream(integers).asLongStream().toArray()));
    results.put(name + "_weight_scale", Npy.of(new long[] {scales.length}, scales));
    results.put(name + "_weight_zero_point", Npy.of(new long[] {zeros.length}, zeros));
    return results;
  }

  private static Map<String, Npy> observed(
      Map<String, String> points, Network folded, List<float[]> batches, long... sample) {
    Map<String, float[]> ranges = new HashMap<>();
    Graph graph = Graph.of(folded);
    try (Scope scope = Scope.open()) {
      Binding binding =
          Binding.of(new Session(scope, folded, RandomStream.of(0, "dropout")), false);
      for (float[] batch : batches) {
        long[] shape = new long[sample.length + 1];
        System.arraycopy(sample, 0, shape, 1, sample.length);
        shape[0] = batch.length / Arrays.stream(sample).reduce(1, (a, b) -> a * b);
        graph.run(
            scope.tensor(batch, shape),
            binding,
            (node, output, training) -> {
              float[] range =
                  ranges.computeIfAbsent(
                      node.name(),
                      n -> new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY});
              for (float value : Scope.floats(output)) {
                range[0] = Math.min(range[0], value);
                range[1] = Math.max(range[1], value);
              }
              return output;
            });
      }
    }
    Map<String, Npy> results = new HashMap<>();
    points.forEach(
        (name, node) -> {
          results.put(name + "_observed_min", floats(ranges.get(node)[0]));
          results.put(name + "_observed_max", floats(ranges.get(node)[1]));
        });
    return results;
  }

  private static Npy floats(float value) {
    return Npy.of(new long[] {1}, new float[] {value});
  }

  private static Npy longs(long value) {
    return Npy.of(new long[] {1}, new long[] {value});
  }

  private static Npy bytes(long[] shape, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Npy.of(ElementType.UINT8, shape, bytes);
  }
}
