package kerf.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.qat.LowBitGradients;
import kerf.scheme.BinaryFormat;
import kerf.scheme.DorefaFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.TernaryFormat;
import kerf.storage.Npy;
import kerf.trace.Activation.Function;
import kerf.trace.ActivationGradients;

/** Binary, ternary and DoReFa networks: values by plain Java, gradients by what trains. */
final class LowBitRunners {
  private LowBitRunners() {}

  private static final BinaryFormat XNOR = new BinaryFormat(BinaryFormat.Scaling.CHANNEL, false);
  private static final BinaryFormat CONNECT = new BinaryFormat(BinaryFormat.Scaling.NONE, false);

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "paper.xnor_weights", LowBitRunners::xnor,
          "paper.bnn_ste", LowBitRunners::sign,
          "paper.twn", LowBitRunners::ternary,
          "paper.ttq", LowBitRunners::trainedTernary,
          "modern.binary_connect", LowBitRunners::binaryConnect,
          "modern.dorefa", LowBitRunners::dorefa);

  private static Map<String, Npy> xnor(GoldenCase golden) {
    Npy weight = golden.input("weight");
    float[] down = golden.input("grad_binary").floats();
    Map<String, Npy> results = new LinkedHashMap<>();
    float[] values = both(XNOR, weight, down).values();
    results.put("alpha", row(XNOR.scales(weight.floats(), weight.shape())));
    results.put(
        "sign", Npy.of(weight.shape(), signs(XNOR.rounded(weight.floats(), weight.shape()))));
    results.put("weight_binary", Npy.of(weight.shape(), values));
    results.put("grad_weight", Npy.of(weight.shape(), both(XNOR, weight, down).latent()));
    results.put(
        "grad_weight_plain_ste",
        Npy.of(weight.shape(), ActivationGradients.of(Function.SIGN, 0, weight.floats(), down)));
    return results;
  }

  private static Map<String, Npy> sign(GoldenCase golden) {
    Npy x = golden.input("x");
    float[] down = golden.input("grad_y").floats();
    float[] gradient = ActivationGradients.of(Function.SIGN, 0, x.floats(), down);
    float[] moved = x.floats();
    float rate = golden.param("lr").getAsFloat();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= rate * gradient[i];
    }
    return Map.of(
        "y", Npy.of(x.shape(), ActivationGradients.outputs(Function.SIGN, 0, x.floats())),
        "grad_x", Npy.of(x.shape(), gradient),
        "clipped_update", Npy.of(x.shape(), clipped(moved)));
  }

  /** Latent weights as the next step of training finds them. */
  private static float[] clipped(float... weights) {
    return LowBitGradients.of(CONNECT, weights, new long[] {weights.length}, weights).after();
  }

  private static Map<String, Npy> ternary(GoldenCase golden) {
    Npy weight = golden.input("weight");
    TernaryFormat format =
        TernaryFormat.plain().threshold(golden.param("delta_factor").getAsDouble());
    return Map.of(
        "delta", row((float) format.delta(weight.floats())),
        "alpha", row(format.levels(weight.floats())[0]),
        "ternary", Npy.of(weight.shape(), longs(format.signs(weight.floats()))),
        "weight_ternary", Npy.of(weight.shape(), both(format, weight, weight.floats()).values()));
  }

  private static Map<String, Npy> trainedTernary(GoldenCase golden) {
    Npy weight = golden.input("weight");
    TernaryFormat format =
        TernaryFormat.plain().learned().threshold(golden.param("t").getAsDouble());
    float[] levels = {golden.param("w_p").getAsFloat(), golden.param("w_n").getAsFloat()};
    var found =
        LowBitGradients.of(
            format, weight.floats(), weight.shape(), golden.input("grad_ternary").floats(), levels);
    requireClose(format.rounded(weight.floats(), levels), found.values());
    return Map.of(
        "delta", row((float) format.delta(weight.floats())),
        "weight_ternary", Npy.of(weight.shape(), found.values()),
        "grad_w_p", row(found.levels()[0]),
        "grad_w_n", row(found.levels()[1]),
        "grad_w_n_as_printed", row(-found.levels()[1]),
        "grad_weight", Npy.of(weight.shape(), found.latent()));
  }

  private static Map<String, Npy> binaryConnect(GoldenCase golden) {
    Npy weight = golden.input("weight");
    boolean drawn = golden.gives("uniform");
    BinaryFormat format = drawn ? CONNECT.stochastic() : CONNECT;
    float[] uniform = drawn ? golden.input("uniform").floats() : new float[0];
    float[] latent = weight.floats();
    int size = latent.length;
    float[] binary =
        LowBitGradients.of(format, latent, weight.shape(), new float[size], uniform).values();
    if (drawn) {
      requireClose(format.drawn(latent, uniform), binary);
    }
    Map<String, Npy> results = new LinkedHashMap<>();
    if (drawn) {
      float[] probability = new float[size];
      for (int i = 0; i < size; i++) {
        probability[i] = BinaryFormat.probability(latent[i]);
      }
      results.put("probability", Npy.of(weight.shape(), probability));
    }
    SquaredError error =
        SquaredError.of(
            binary, golden.input("bias").floats(), golden.input("x"), golden.input("target"));
    float[] down =
        LowBitGradients.of(format, latent, weight.shape(), error.gradient(), uniform).latent();
    float rate = golden.param("lr").getAsFloat();
    float[] moved = new float[size];
    for (int i = 0; i < size; i++) {
      moved[i] = latent[i] - rate * down[i];
    }
    results.put("weight_binary", Npy.of(weight.shape(), signs(binary)));
    results.put("y", Npy.of(golden.input("target").shape(), error.outputs()));
    results.put("loss", row(error.loss()));
    results.put("grad_binary", Npy.of(weight.shape(), down));
    results.put("weight_after", Npy.of(weight.shape(), clipped(moved)));
    return results;
  }

  /**
   * A linear layer down the mean squared error over all elements.
   *
   * @param outputs what it gives
   * @param loss the error
   * @param gradient by the weights
   */
  private record SquaredError(float[] outputs, float loss, float[] gradient) {
    static SquaredError of(float[] weights, float[] bias, Npy inputs, Npy targets) {
      float[] x = inputs.floats();
      float[] target = targets.floats();
      int width = (int) inputs.shape()[1];
      float[] outputs = new float[target.length];
      double[] gradient = new double[weights.length];
      double loss = 0;
      for (int at = 0; at < target.length; at++) {
        int sample = at / bias.length;
        int unit = at % bias.length;
        double y = bias[unit];
        for (int i = 0; i < width; i++) {
          y += (double) x[sample * width + i] * weights[unit * width + i];
        }
        outputs[at] = (float) y;
        double error = y - target[at];
        loss += error * error / target.length;
        for (int i = 0; i < width; i++) {
          gradient[unit * width + i] += 2 * error / target.length * x[sample * width + i];
        }
      }
      float[] rounded = new float[gradient.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) gradient[i];
      }
      return new SquaredError(outputs, (float) loss, rounded);
    }
  }

  private static Map<String, Npy> dorefa(GoldenCase golden) {
    DorefaFormat format = new DorefaFormat(golden.param("bits").getAsInt());
    return switch (golden.param("part").getAsString()) {
      case "weights" -> dorefaWeights(golden, format);
      case "activations" -> dorefaActivations(golden, format);
      default -> dorefaGradients(golden, format);
    };
  }

  private static Map<String, Npy> dorefaWeights(GoldenCase golden, DorefaFormat format) {
    Npy weight = golden.input("weight");
    float[] down = golden.input("grad_quantized").floats();
    var found = both(format, weight, down);
    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("weight_quantized", Npy.of(weight.shape(), found.values()));
    results.put("grad_weight", Npy.of(weight.shape(), found.latent()));
    if (format.bits() == 1) {
      results.put("mean_abs", row(Math.abs(found.values()[0])));
      results.put("sign", Npy.of(weight.shape(), signs(found.values())));
    } else {
      results.put("q", Npy.of(weight.shape(), longs(format.indices(weight.floats()))));
      results.put(
          "grad_weight_through_max",
          Npy.of(weight.shape(), throughMaximum(weight.floats(), found.latent(), down)));
    }
    return results;
  }

  /** What the derivative through the maximum adds, which training leaves out. */
  private static float[] throughMaximum(float[] weights, float[] found, float... down) {
    int at = 0;
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      at = Math.abs(weights[i]) > Math.abs(weights[at]) ? i : at;
      sum += Math.tanh(weights[i]) * down[i];
    }
    double largest = Math.tanh(weights[at]);
    float[] through = found.clone();
    through[at] -=
        (float) (Math.signum(largest) * (1 - largest * largest) * sum / (largest * largest));
    return through;
  }

  private static Map<String, Npy> dorefaActivations(GoldenCase golden, DorefaFormat format) {
    Npy x = golden.input("x");
    float[] y = ActivationGradients.outputs(Function.DOREFA, format.bits(), x.floats());
    long[] q = new long[y.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = Math.round(y[i] * format.steps());
    }
    float[] down = golden.input("grad_y").floats();
    return Map.of(
        "q", Npy.of(x.shape(), q),
        "y", Npy.of(x.shape(), y),
        "grad_x",
            Npy.of(
                x.shape(),
                ActivationGradients.of(Function.DOREFA, format.bits(), x.floats(), down)));
  }

  private static Map<String, Npy> dorefaGradients(GoldenCase golden, DorefaFormat format) {
    Npy gradient = golden.input("gradient");
    float[] all = gradient.floats();
    float[] noise = golden.input("noise").floats();
    int instances = (int) gradient.shape()[0];
    int each = all.length / instances;
    float[] rounded = new float[all.length];
    float[] largest = new float[instances];
    for (int i = 0; i < instances; i++) {
      float[] own = Arrays.copyOfRange(all, i * each, (i + 1) * each);
      for (float value : own) {
        largest[i] = Math.max(largest[i], Math.abs(value));
      }
      float[] drawn = Arrays.copyOfRange(noise, i * each, (i + 1) * each);
      System.arraycopy(format.gradients(own, drawn), 0, rounded, i * each, each);
    }
    return Map.of("max_abs", row(largest), "gradient_quantized", Npy.of(gradient.shape(), rounded));
  }

  /** What trains, after it was compared with plain Java. */
  private static LowBitGradients.Result both(LowBitFormat format, Npy weight, float... down) {
    var found = LowBitGradients.of(format, weight.floats(), weight.shape(), down);
    requireClose(format.rounded(weight.floats(), weight.shape()), found.values());
    return found;
  }

  private static void requireClose(float[] expected, float... found) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= 1e-6f)) {
        throw new AssertionError(
            "plain Java gives %s, what trains %s".formatted(expected[i], found[i]));
      }
    }
  }

  private static long[] signs(float... values) {
    long[] signs = new long[values.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = (long) Math.signum(values[i]);
    }
    return signs;
  }

  private static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static Npy row(float... values) {
    return Npy.of(new long[] {values.length}, values);
  }
}
