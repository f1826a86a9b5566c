package kerf.golden;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.google.gson.JsonElement;
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
import kerf.quantization.QuantizedGraph;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.scheme.Scheme;
import kerf.storage.Npy;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;

/** Three steps of PyTorch's quantization-aware training, and what it converts to. */
final class QatRunners {
  private QatRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of("quant.qat_trajectory", QatRunners::trajectory);

  private static Map<String, Npy> trajectory(GoldenCase golden) {
    Case own = new Case(golden);
    Network start = own.prepared();
    List<Npy> x = batches(golden.input("x"));
    List<Npy> target = batches(golden.input("target"));
    Sgd sgd = MaskedRunners.optimizer(golden.params().getAsJsonObject("optimizer"));
    var steps = SquaredErrorSteps.steps(start, sgd, x, target);

    Map<String, Npy> results = new LinkedHashMap<>(gradients(own, start, x.get(0), target.get(0)));
    Network before = start;
    for (int k = 1; k <= steps.size(); k++) {
      var step = steps.get(k - 1);
      String suffix = "_step" + k;
      results.put("loss" + suffix, row(step.loss()));
      results.put(
          "out" + suffix,
          Npy.of(target.get(0).shape(), outputs(seen(before, step.after()), x.get(k - 1))));
      own.parameters(step.after()).forEach((name, values) -> results.put(name + suffix, values));
      own.ranges.forEach(
          (name, state) -> {
            IntegerFormat format = name.contains("weight") ? own.weights : own.activations;
            Ends ends = new Ends(step.after().values(state));
            results.put(name + "_min" + suffix, row(ends.low));
            results.put(name + "_max" + suffix, row(ends.high));
            List<QuantParams> params =
                ends.each((low, high) -> FusedRange.params(format, low, high));
            results.put(name + "_scale" + suffix, scales(params));
            results.put(name + "_zero_point" + suffix, zeros(params));
          });
      before = step.after();
    }
    results.putAll(converted(own, before));
    return results;
  }

  private static Map<String, Npy> converted(Case own, Network last) {
    QuantizedGraph form = Qat.convert(last);
    Map<String, Npy> results = new LinkedHashMap<>();
    own.ranges.forEach(
        (point, state) -> {
          if (!point.contains("weight")) {
            String module = point.substring(0, point.indexOf('_'));
            String name = module.equals("0") ? "converted_input" : "converted_" + module + "_out";
            String node = state.substring(0, state.lastIndexOf(".range"));
            List<QuantParams> params = form.points().get(node).params();
            results.put(name + "_scale", scales(params));
            results.put(name + "_zero_point", zeros(params));
          }
        });
    own.layers.forEach(
        (number, layer) -> {
          long[] shape = last.shape(layer);
          Quantizer grid = form.weights().get(layer + ".weight");
          int[] integers = grid.quantize(form.network().weights(layer), shape).integers();
          String name = "converted_" + number + "_weight";
          results.put(
              name + "_int", Npy.of(shape, Arrays.stream(integers).asLongStream().toArray()));
          results.put(name + "_scale", scales(grid.params()));
        });
    Npy test = own.golden.input("x_test");
    float[] out = outputs(form.simulated(), test);
    long samples = test.shape()[0];
    results.put("converted_out", Npy.of(new long[] {samples, out.length / samples}, out));
    return results;
  }

  /** What a case says of its network: {@code Linear} layers with or without a ReLU behind. */
  private static final class Case {
    private final GoldenCase golden;
    private final IntegerFormat weights;
    private final IntegerFormat activations;
    private final double weightConstant;
    private final double constant;
    private final boolean fused;

    /** Our names of the layers by the number of PyTorch's module. */
    private final Map<String, String> layers = new LinkedHashMap<>();

    /** Our ReLU behind a layer of ours. */
    private final Map<String, String> activated = new LinkedHashMap<>();

    /** Our states by PyTorch's observers. */
    private final Map<String, String> ranges = new LinkedHashMap<>();

    Case(GoldenCase golden) {
      this.golden = golden;
      String text = golden.param("weight").getAsString();
      this.weights = Described.format(text);
      this.weightConstant = Described.number(text, "averaging_constant", 0.01);
      text = golden.param("activation").getAsString();
      this.activations = Described.format(text);
      this.constant = Described.number(text, "averaging_constant", 0.01);
      this.fused = golden.param("fused_linear_relu").getAsBoolean();
      ranges.put("0_activation_post_process", "input.range");
      List<JsonElement> modules = golden.param("layers").getAsJsonArray().asList();
      for (int i = 0; i < modules.size(); i++) {
        if (modules.get(i).getAsString().startsWith("Linear")) {
          String layer = "fc" + (layers.size() + 1);
          layers.put(Integer.toString(i), layer);
          if (modules.get(i + 1).getAsString().equals("ReLU")) {
            activated.put(layer, "relu" + (activated.size() + 1));
          }
          String end = fused ? activated.getOrDefault(layer, layer) : layer;
          ranges.put(i + "_weight_fake_quant", layer + ".weightRange");
          ranges.put(i + "_activation_post_process", end + ".range");
        }
      }
    }

    private boolean biased(String number) {
      return golden.gives("init_" + number + "_bias");
    }

    Network prepared() {
      SequentialBlock block = new SequentialBlock();
      Map<String, float[]> values = new LinkedHashMap<>();
      layers.forEach(
          (number, layer) -> {
            Npy weight = golden.input("init_" + number + "_weight");
            values.put(layer + ".weight", weight.floats());
            if (biased(number)) {
              values.put(layer + ".bias", golden.input("init_" + number + "_bias").floats());
            }
            block.add(Linear.builder().setUnits(weight.shape()[0]).optBias(biased(number)).build());
            if (activated.containsKey(layer)) {
              block.add(Activation::relu);
            }
          });
      long[] test = golden.input("x_test").shape();
      Network prepared =
          Qat.plan()
              .scheme(new Scheme(weights, activations))
              .observer(Observer.movingAverage(constant))
              .weightObserver(Observer.movingAverage(weightConstant))
              .ends()
              .prepare(Network.of(block, test[1]).revalued(values));
      if (!fused) {
        for (Map.Entry<String, String> pair : activated.entrySet()) {
          prepared = EagerPlacement.beforeRelu(prepared, pair.getKey(), pair.getValue());
        }
      }
      return prepared;
    }

    Map<String, Npy> parameters(Network network) {
      Map<String, Npy> parameters = new LinkedHashMap<>();
      layers.forEach(
          (number, layer) -> {
            parameters.put(
                number + "_weight", Npy.of(network.shape(layer), network.weights(layer)));
            if (biased(number)) {
              parameters.put(number + "_bias", row(network.values(layer + ".bias")));
            }
          });
      return parameters;
    }
  }

  /** The gradients of the first step: a step of rate 1 takes away the gradient itself. */
  private static Map<String, Npy> gradients(Case own, Network start, Npy x, Npy target) {
    Network after =
        SquaredErrorSteps.steps(start, new Sgd(1), List.of(x), List.of(target)).get(0).after();
    Map<String, Npy> gradients = new LinkedHashMap<>();
    Map<String, Npy> moved = own.parameters(after);
    own.parameters(start)
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

    List<QuantParams> each(Choice choice) {
      return IntStream.range(0, low.length).mapToObj(i -> choice.of(low[i], high[i])).toList();
    }
  }

  @FunctionalInterface
  private interface Choice {
    QuantParams of(float low, float high);
  }
}
