package kerf.golden;

import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerf.integer.IntegerDynamicLinear;
import kerf.integer.IntegerDynamicLstm;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantizedTensor;
import kerf.storage.Npy;

/**
 * {@code torch.ao.quantization.quantize_dynamic}. The outputs are the engine's, last state and cell
 * those of the integer reference.
 */
final class DynamicRunners {
  private DynamicRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "quant.dynamic_linear", DynamicRunners::linear,
          "quant.dynamic_lstm", DynamicRunners::lstm);

  private static IntegerFormat input(GoldenCase golden) {
    List<JsonElement> ends = golden.param("input_range").getAsJsonArray().asList();
    return IntegerFormat.unsigned(8).range(ends.get(0).getAsInt(), ends.get(1).getAsInt());
  }

  private static Quantized quantized(GoldenCase golden, Network network) {
    return Quantization.plan()
        .dynamic()
        .weights(Described.format(golden.param("weight_observer").getAsString()))
        .activations(input(golden))
        .quantize(network);
  }

  private static Map<String, Npy> linear(GoldenCase golden) {
    boolean biased = golden.param("has_bias").getAsBoolean();
    Npy x = golden.input("x");
    Npy weight = golden.input("weight");
    int out = (int) weight.shape()[0];
    Map<String, float[]> values = new HashMap<>();
    values.put("fc1.weight", weight.floats());
    if (biased) {
      values.put("fc1.bias", golden.input("bias").floats());
    }
    long[] sample = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    Block block = Linear.builder().setUnits(out).optBias(biased).build();
    Quantized network = quantized(golden, Network.of(block, sample).revalued(values));
    QuantizedTensor weights = weights(network, "fc1.weight", weight);
    QuantizedTensor input =
        new IntegerDynamicLinear(weights, new float[out], input(golden)).quantize(x.floats());
    long[] shape = x.shape().clone();
    shape[shape.length - 1] = out;
    return Map.of(
        "weight_int", ints(weight.shape(), weights),
        "weight_scale", scalar(weights.scale()),
        "input_scale", scalar(input.scale()),
        "input_zero_point", Npy.of(new long[] {1}, new long[] {input.zeroPoint()}),
        "input_int", ints(x.shape(), input),
        "y", Npy.of(shape, Outputs.of(network, x.floats(), x.shape())));
  }

  private static Map<String, Npy> lstm(GoldenCase golden) {
    Npy x = golden.input("x");
    boolean batchFirst = golden.param("batch_first").getAsBoolean();
    int layers = golden.param("layers").getAsInt();
    int time = (int) x.shape()[batchFirst ? 1 : 0];
    int batch = (int) x.shape()[batchFirst ? 0 : 1];
    int in = (int) x.shape()[2];
    float[] steps = batchFirst ? swapped(x.floats(), batch, time, in) : x.floats();
    int state = (int) golden.input("weight_hh_l0").shape()[1];
    Map<String, float[]> values = new HashMap<>();
    for (int k = 0; k < layers; k++) {
      values.put(weight(k, "i2h"), golden.input("weight_ih_l" + k).floats());
      values.put(weight(k, "h2h"), golden.input("weight_hh_l" + k).floats());
      values.put("lstm1.l_%d_i2h_BIAS".formatted(k), golden.input("bias_ih_l" + k).floats());
      values.put("lstm1.l_%d_h2h_BIAS".formatted(k), golden.input("bias_hh_l" + k).floats());
    }
    Block block = LSTM.builder().setStateSize(state).setNumLayers(layers).build();
    Quantized network = quantized(golden, Network.of(block, time, in).revalued(values));

    Map<String, Npy> results = new HashMap<>();
    float[] states = new float[layers * batch * state];
    float[] cells = new float[layers * batch * state];
    float[] sequence = steps;
    for (int k = 0; k < layers; k++) {
      IntegerDynamicLstm.Result truth =
          new IntegerDynamicLstm(
                  part(golden, network, k, "i2h", results),
                  part(golden, network, k, "h2h", results))
              .apply(sequence, batch);
      sequence = truth.outputs();
      System.arraycopy(truth.state(), 0, states, k * batch * state, batch * state);
      System.arraycopy(truth.cell(), 0, cells, k * batch * state, batch * state);
    }
    float[] y = Outputs.of(network, swapped(steps, time, batch, in), batch, time, in);
    long[] last = {layers, batch, state};
    results.put("h_n", Npy.of(last, states));
    results.put("c_n", Npy.of(last, cells));
    results.put(
        "out",
        batchFirst
            ? Npy.of(new long[] {batch, time, state}, y)
            : Npy.of(new long[] {time, batch, state}, swapped(y, batch, time, state)));
    return results;
  }

  private static String weight(int layer, String part) {
    return "lstm1.l_%d_%s_WEIGHT".formatted(layer, part);
  }

  /** One product of a layer; of a single layer the case's results have no number in their names. */
  private static IntegerDynamicLinear part(
      GoldenCase golden, Quantized network, int layer, String part, Map<String, Npy> results) {
    String kind = part.equals("i2h") ? "ih" : "hh";
    Npy values = golden.input("weight_%s_l%d".formatted(kind, layer));
    QuantizedTensor tensor = weights(network, weight(layer, part), values);
    String name =
        golden.param("layers").getAsInt() == 1
            ? "weight_" + kind
            : "weight_%s_l%d".formatted(kind, layer);
    results.put(name + "_int", ints(values.shape(), tensor));
    results.put(name + "_scale", scalar(tensor.scale()));
    float[] biases = golden.input("bias_%s_l%d".formatted(kind, layer)).floats();
    return new IntegerDynamicLinear(tensor, biases, input(golden));
  }

  private static QuantizedTensor weights(Quantized network, String name, Npy values) {
    return network.form().weights().get(name).quantize(values.floats(), values.shape());
  }

  private static Npy ints(long[] shape, QuantizedTensor tensor) {
    int[] integers = tensor.integers();
    long[] wide = new long[integers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = integers[i];
    }
    return Npy.of(shape, wide);
  }

  private static Npy scalar(float value) {
    return Npy.of(new long[] {1}, new float[] {value});
  }

  /** Batch and time change places. */
  private static float[] swapped(float[] values, int first, int second, int features) {
    float[] swapped = new float[values.length];
    for (int a = 0; a < first; a++) {
      for (int b = 0; b < second; b++) {
        System.arraycopy(
            values, (a * second + b) * features, swapped, (b * first + a) * features, features);
      }
    }
    return swapped;
  }
}
