package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(golden.param("layers").getAsInt()).isEqualTo(1);
    int time = (int) x.shape()[batchFirst ? 1 : 0];
    int batch = (int) x.shape()[batchFirst ? 0 : 1];
    int in = (int) x.shape()[2];
    float[] steps = batchFirst ? swapped(x.floats(), batch, time, in) : x.floats();
    Npy own = golden.input("weight_ih_l0");
    Npy past = golden.input("weight_hh_l0");
    int state = (int) past.shape()[1];
    Block block = LSTM.builder().setStateSize(state).setNumLayers(1).build();
    Quantized network =
        quantized(
            golden,
            Network.of(block, time, in)
                .revalued(
                    Map.of(
                        "lstm1.l_0_i2h_WEIGHT", own.floats(),
                        "lstm1.l_0_h2h_WEIGHT", past.floats(),
                        "lstm1.l_0_i2h_BIAS", golden.input("bias_ih_l0").floats(),
                        "lstm1.l_0_h2h_BIAS", golden.input("bias_hh_l0").floats())));
    QuantizedTensor ownInts = weights(network, "lstm1.l_0_i2h_WEIGHT", own);
    QuantizedTensor pastInts = weights(network, "lstm1.l_0_h2h_WEIGHT", past);
    IntegerDynamicLstm.Result truth =
        new IntegerDynamicLstm(
                new IntegerDynamicLinear(
                    ownInts, golden.input("bias_ih_l0").floats(), input(golden)),
                new IntegerDynamicLinear(
                    pastInts, golden.input("bias_hh_l0").floats(), input(golden)))
            .apply(steps, batch);
    float[] y = Outputs.of(network, swapped(steps, time, batch, in), batch, time, in);
    long[] last = {1, batch, state};
    return Map.of(
        "out",
        batchFirst
            ? Npy.of(new long[] {batch, time, state}, y)
            : Npy.of(new long[] {time, batch, state}, swapped(y, batch, time, state)),
        "h_n",
        Npy.of(last, truth.state()),
        "c_n",
        Npy.of(last, truth.cell()),
        "weight_ih_int",
        ints(own.shape(), ownInts),
        "weight_ih_scale",
        scalar(ownInts.scale()),
        "weight_hh_int",
        ints(past.shape(), pastInts),
        "weight_hh_scale",
        scalar(pastInts.scale()));
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
