package kerf.golden;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.qat.EagerPlacement;
import kerf.qat.Qat;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Scheme;
import kerf.storage.Npy;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;

/** Three steps of PyTorch's quantization-aware training, and what it converts to. */
final class QatRunners {
  private static final IntegerFormat WEIGHTS = IntegerFormat.signed(8).symmetric().perChannel();
  private static final IntegerFormat ACTIVATIONS = IntegerFormat.unsigned(8).reduceRange();

  private QatRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of("quant.qat_trajectory", QatRunners::trajectory);

  private static Map<String, Npy> trajectory(GoldenCase golden) {
    boolean fused = golden.param("fused_linear_relu").getAsBoolean();
    Network start = prepared(golden, fused);
    List<Npy> x = batches(golden.input("x"));
    List<Npy> target = batches(golden.input("target"));
    Sgd sgd = optimizer(golden.params().getAsJsonObject("optimizer"));
    var steps = SquaredErrorSteps.steps(start, sgd, x, target);
    Map<String, String> points = new LinkedHashMap<>();
    points.put("0_activation_post_process", "input.range");
    points.put("1_weight_fake_quant", "fc1.weightRange");
    points.put("1_activation_post_process", fused ? "relu1.range" : "fc1.range");
    points.put("3_weight_fake_quant", "fc2.weightRange");
    points.put("3_activation_post_process", "fc2.range");

    Map<String, Npy> results = new LinkedHashMap<>(gradients(start, x.get(0), target.get(0)));
    Network before = start;
    for (int k = 1; k <= steps.size(); k++) {
      var step = steps.get(k - 1);
      String suffix = "_step" + k;
      results.put("loss" + suffix, row(step.loss()));
      results.put(
          "out" + suffix,
          Npy.of(target.get(0).shape(), outputs(seen(before, step.after()), x.get(k - 1))));
      parameters(step.after()).forEach((name, values) -> results.put(name + suffix, values));
      for (Map.Entry<String, String> point : points.entrySet()) {
        String name = point.getKey();
        IntegerFormat format = name.contains("weight") ? WEIGHTS : ACTIVATIONS;
        Ends ends = new Ends(step.after().values(point.getValue()));
        results.put(name + "_min" + suffix, row(ends.low));
        results.put(name + "_max" + suffix, row(ends.high));
        List<QuantParams> params = ends.each((low, high) -> FusedRange.params(format, low, high));
        results.put(name + "_scale" + suffix, scales(params));
        results.put(name + "_zero_point" + suffix, zeros(params));
      }
      before = step.after();
    }
    results.putAll(converted(golden, before, points));
    return results;
  }

  private static Map<String, Npy> converted(
      GoldenCase golden, Network last, Map<String, String> points) {
    Map<String, Npy> results = new LinkedHashMap<>();
    Map<String, String> names =
        Map.of(
            "0_activation_post_process", "converted_input",
            "1_activation_post_process", "converted_1_out",
            "3_activation_post_process", "converted_3_out");
    names.forEach(
        (point, name) -> {
          List<QuantParams> params =
              new Ends(last.values(points.get(point))).each(ACTIVATIONS::params);
          results.put(name + "_scale", scales(params));
          results.put(name + "_zero_point", zeros(params));
        });
    for (String number : List.of("1", "3")) {
      String layer = number.equals("1") ? "fc1" : "fc2";
      List<QuantParams> params =
          new Ends(last.values(layer + ".weightRange"))
              .seeing(last.weights(layer))
              .each(WEIGHTS::params);
      int[] integers =
          WEIGHTS
              .quantizer(params.toArray(QuantParams[]::new))
              .quantize(last.weights(layer), last.shape(layer))
              .integers();
      String name = "converted_" + number + "_weight";
      results.put(
          name + "_int",
          Npy.of(last.shape(layer), Arrays.stream(integers).asLongStream().toArray()));
      results.put(name + "_scale", scales(params));
    }
    Npy test = golden.input("x_test");
    float[] out = outputs(Qat.convert(last).simulated(), test);
    results.put("converted_out", Npy.of(new long[] {test.shape()[0], 3}, out));
    return results;
  }

  private static Network prepared(GoldenCase golden, boolean fused) {
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(7).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(3).build());
    Network network =
        Network.of(block, 5)
            .revalued(
                Map.of(
                    "fc1.weight", golden.input("init_1_weight").floats(),
                    "fc1.bias", golden.input("init_1_bias").floats(),
                    "fc2.weight", golden.input("init_3_weight").floats(),
                    "fc2.bias", golden.input("init_3_bias").floats()));
    Network prepared =
        Qat.plan()
            .scheme(new Scheme(WEIGHTS, ACTIVATIONS))
            .weightObserver(Observer.movingAverage(0.01))
            .ends()
            .prepare(network);
    return fused ? prepared : EagerPlacement.beforeRelu(prepared, "fc1", "relu1");
  }

  /** The gradients of the first step: a step of rate 1 takes away the gradient itself. */
  private static Map<String, Npy> gradients(Network start, Npy x, Npy target) {
    Network after =
        SquaredErrorSteps.steps(start, new Sgd(1), List.of(x), List.of(target)).get(0).after();
    Map<String, Npy> gradients = new LinkedHashMap<>();
    Map<String, Npy> moved = parameters(after);
    parameters(start)
        .forEach(
            (name, values) -> {
              float[] difference = values.floats();
              float[] other = moved.get(name).floats();
              for (int i = 0; i < difference.length; i++) {
                difference[i] -= other[i];
              }
              gradients.put("grad_" + name + "_step1", Npy.of(values.shape(), difference));
            });
    return gradients;
  }

  private static Map<String, Npy> parameters(Network network) {
    Map<String, Npy> parameters = new LinkedHashMap<>();
    Map.of("1", "fc1", "3", "fc2")
        .forEach(
            (number, layer) -> {
              parameters.put(
                  number + "_weight", Npy.of(network.shape(layer), network.weights(layer)));
              parameters.put(number + "_bias", row(network.values(layer + ".bias")));
            });
    return parameters;
  }

  /** The weights before a step with the ranges that its forward pass left. */
  private static Network seen(Network before, Network after) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : before.architecture().structure().parameters()) {
      Network from = spec.role() == ParameterSpec.Role.STATE ? after : before;
      values.put(spec.name(), from.values(spec.name()));
    }
    return before.revalued(values);
  }

  private static float[] outputs(Network network, Npy x) {
    return Outputs.of(network, x.floats(), x.shape());
  }

  private static Sgd optimizer(JsonObject params) {
    Sgd sgd = new Sgd(params.get("lr").getAsDouble());
    return params.has("momentum") ? sgd.momentum(params.get("momentum").getAsDouble()) : sgd;
  }

  private static List<Npy> batches(Npy all) {
    long[] shape = Arrays.copyOfRange(all.shape(), 1, all.shape().length);
    int size = all.size() / (int) all.shape()[0];
    List<Npy> batches = new ArrayList<>();
    for (int i = 0; i < all.shape()[0]; i++) {
      batches.add(Npy.of(shape, Arrays.copyOfRange(all.floats(), i * size, (i + 1) * size)));
    }
    return batches;
  }

  private static Npy row(float... values) {
    return Npy.of(new long[] {values.length}, values);
  }

  private static Npy scales(List<QuantParams> params) {
    float[] scales = new float[params.size()];
    IntStream.range(0, scales.length).forEach(i -> scales[i] = params.get(i).scale());
    return row(scales);
  }

  private static Npy zeros(List<QuantParams> params) {
    return Npy.of(
        new long[] {params.size()}, params.stream().mapToLong(QuantParams::zeroPoint).toArray());
  }

  /** Least and greatest of each row, as a state holds them. */
  private static final class Ends {
    private final float[] low;
    private final float[] high;

    Ends(float... state) {
      low = Arrays.copyOfRange(state, 0, state.length / 2);
      high = Arrays.copyOfRange(state, state.length / 2, state.length);
    }

    /** PyTorch's conversion shows the observer the trained weights once more. */
    Ends seeing(float... weights) {
      int row = weights.length / low.length;
      float[] moved = new float[2 * low.length];
      for (int i = 0; i < low.length; i++) {
        float[] sorted = Arrays.copyOfRange(weights, i * row, (i + 1) * row);
        Arrays.sort(sorted);
        moved[i] = low[i] + 0.01f * (sorted[0] - low[i]);
        moved[low.length + i] = high[i] + 0.01f * (sorted[row - 1] - high[i]);
      }
      return new Ends(moved);
    }

    List<QuantParams> each(Choice choice) {
      return IntStream.range(0, low.length).mapToObj(i -> choice.of(low[i], high[i])).toList();
    }
  }

  @FunctionalInterface
  private interface Choice {
    QuantParams of(float low, float high);
  }
}
