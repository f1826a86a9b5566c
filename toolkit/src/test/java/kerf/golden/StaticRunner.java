package kerf.golden;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

/** PyTorch's static quantization from fusing to converting, on a small convolutional network. */
final class StaticRunner {
  /** Nodes of the graph by the names that the case has for what they give out. */
  private static final Map<String, String> POINTS =
      Map.of("quant", "input", "conv1", "relu1", "conv2", "relu2", "fc", "fc1");

  private static final Map<String, String> LAYERS =
      Map.of("conv1", "conv1", "conv2", "conv2", "fc", "fc1");

  private StaticRunner() {}

  static Map<String, Npy> run(GoldenCase golden) {
    Npy x = golden.input("x");
    long[] sample = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    Network network = network(golden, sample);
    List<float[]> batches = batches(golden.input("calibration"));

    Prepared prepared = plan(golden).prepare(network);
    Calibrated calibrated = prepared.calibrate(batches, sample);
    QuantizedGraph form = calibrated.convert().form();

    Map<String, Npy> results = new HashMap<>(observed(prepared.network(), batches, sample));
    LAYERS.forEach((name, layer) -> results.putAll(layer(form, name, layer)));
    POINTS.forEach(
        (name, node) -> {
          QuantParams params = calibrated.point(node).params().get(0);
          results.put(name + "_scale", floats(params.scale()));
          results.put(name + "_zero_point", longs(params.zeroPoint()));
        });
    IntegerNetwork.Result result =
        IntegerNetwork.of(atRunTime(form))
            .arithmetic(Arithmetic.FLOAT_RESCALING)
            .run(x.floats(), (int) x.shape()[0]);
    Map<String, String> outputs = new HashMap<>(POINTS);
    outputs.put("pool", "maxpool1");
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
    IntegerFormat weights = IntegerFormat.signed(8).symmetric();
    boolean channels = golden.param("weight_scheme").getAsString().startsWith("per_channel");
    boolean histogram = golden.param("activation_observer").getAsString().equals("histogram");
    return Quantization.plan()
        .weights(channels ? weights.perChannel() : weights)
        .activations(IntegerFormat.unsigned(8).reduceRange())
        .observer(histogram ? Observer.histogram() : Observer.minMax())
        .ends();
  }

  private static Network network(GoldenCase golden, long... sample) {
    Block block =
        new SequentialBlock()
            .add(conv(golden.input("conv1_weight"), 1, 1, false))
            .add(BatchNorm.builder().optEpsilon(1e-5f).build())
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(conv(golden.input("conv2_weight"), golden.param("stride2").getAsInt(), 0, true))
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(golden.input("fc_weight").shape()[0]).build());
    Map<String, float[]> values = new HashMap<>();
    Map.of(
            "conv1.weight", "conv1_weight",
            "bn1.gamma", "bn1_weight",
            "bn1.beta", "bn1_bias",
            "bn1.runningMean", "bn1_running_mean",
            "bn1.runningVar", "bn1_running_var",
            "conv2.weight", "conv2_weight",
            "conv2.bias", "conv2_bias",
            "fc1.weight", "fc_weight",
            "fc1.bias", "fc_bias")
        .forEach((ours, theirs) -> values.put(ours, golden.input(theirs).floats()));
    return Network.of(block, sample).revalued(values);
  }

  private static Conv2d conv(Npy weight, int stride, int padding, boolean bias) {
    return Conv2d.builder()
        .setFilters((int) weight.shape()[0])
        .setKernelShape(new Shape(weight.shape()[2], weight.shape()[3]))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optBias(bias)
        .build();
  }

  private static List<float[]> batches(Npy calibration) {
    int count = (int) calibration.shape()[0];
    float[] all = calibration.floats();
    int size = all.length / count;
    return IntStream.range(0, count)
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .toList();
  }

  /** Calibration saw a reduced range; integers at run time have the whole one. */
  private static QuantizedGraph atRunTime(QuantizedGraph form) {
    Map<String, Quantizer> points = new LinkedHashMap<>();
    form.points()
        .forEach(
            (name, grid) ->
                points.put(name, new Quantizer(IntegerFormat.unsigned(8), grid.params())));
    return new QuantizedGraph(form.network(), form.mode(), form.forms(), points);
  }

  private static Map<String, Npy> layer(QuantizedGraph form, String name, String layer) {
    String weight = layer + ".weight";
    long[] shape = form.graph().parameter(weight).shape();
    float[] values = form.network().values(weight);
    float[] bias = form.network().values(layer + ".bias");
    Quantizer grid = form.weights().get(weight);
    float[] scales = new float[grid.params().size()];
    long[] zeros = new long[scales.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = grid.params().get(i).scale();
      zeros[i] = grid.params().get(i).zeroPoint();
    }
    int[] integers = grid.quantize(values, shape).integers();
    return Map.of(
        name + "_fused_weight", Npy.of(shape, values),
        name + "_fused_bias", Npy.of(new long[] {bias.length}, bias),
        name + "_weight_int", Npy.of(shape, Arrays.stream(integers).asLongStream().toArray()),
        name + "_weight_scale", Npy.of(new long[] {scales.length}, scales),
        name + "_weight_zero_point", Npy.of(new long[] {zeros.length}, zeros));
  }

  private static Map<String, Npy> observed(Network folded, List<float[]> batches, long... sample) {
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
    POINTS.forEach(
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
