package kerf.golden;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.pruning.Pruning;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;

/** Masked networks in the training loop: one step's gradients, and three steps of SGD. */
final class MaskedRunners {
  private MaskedRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "prune.masked_grad", MaskedRunners::gradients,
          "prune.masked_training", MaskedRunners::training);

  private static Map<String, Npy> gradients(GoldenCase golden) {
    Npy weight = golden.input("weight_orig");
    Npy bias = golden.input("bias");
    Npy x = golden.input("x");
    Npy target = golden.input("target");
    int out = (int) weight.shape()[0];
    boolean linear = golden.params().get("layer").getAsString().equals("linear");
    Block block =
        linear
            ? Linear.builder().setUnits(out).build()
            : Conv2d.builder()
                .setFilters(out)
                .setKernelShape(new Shape(weight.shape()[2], weight.shape()[3]))
                .optPadding(padding(golden.params()))
                .build();
    long[] input = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    String layer = linear ? "fc1" : "conv1";
    Network network =
        Network.of(block, input)
            .revalued(Map.of(layer + ".weight", weight.floats(), layer + ".bias", bias.floats()))
            .masked(Mask.of(LayerMask.of(layer, weight.shape(), golden.input("mask").bytes())));

    // A step of rate 1 takes away the gradient itself.
    var step = SquaredErrorSteps.steps(network, new Sgd(1), List.of(x), List.of(target)).get(0);

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("y", Npy.of(target.shape(), outputs(network, x)));
    results.put("loss", Npy.of(new long[] {1}, new float[] {step.loss()}));
    results.put(
        "grad_weight_orig",
        Npy.of(weight.shape(), minus(network, step.after(), layer + ".weight")));
    results.put("grad_bias", Npy.of(bias.shape(), minus(network, step.after(), layer + ".bias")));
    results.put("grad_x", Npy.of(x.shape(), step.inputGradient()));
    return results;
  }

  private static Shape padding(JsonObject params) {
    int padding = params.get("padding").getAsInt();
    return new Shape(padding, padding);
  }

  private static float[] outputs(Network network, Npy x) {
    return Outputs.of(network, x.floats(), x.shape());
  }

  private static float[] minus(Network before, Network after, String parameter) {
    float[] difference = before.values(parameter);
    float[] other = after.values(parameter);
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other[i];
    }
    return difference;
  }

  private static Map<String, Npy> training(GoldenCase golden) {
    long[] shape0 = golden.input("weight0").shape();
    long[] shape2 = golden.input("weight2").shape();
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(shape0[0]).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(shape2[0]).build());
    Network dense =
        Network.of(block, shape0[1])
            .revalued(
                Map.of(
                    "fc1.weight", golden.input("weight0").floats(),
                    "fc1.bias", golden.input("bias0").floats(),
                    "fc2.weight", golden.input("weight2").floats(),
                    "fc2.bias", golden.input("bias2").floats()));
    double amount = golden.params().getAsJsonObject("prune").get("amount").getAsDouble();
    Network pruned = Pruning.plan().amount(amount).prune(dense);
    Sgd sgd = optimizer(golden.params().getAsJsonObject("optimizer"));
    var steps =
        SquaredErrorSteps.steps(
            pruned, sgd, batches(golden.input("x")), batches(golden.input("target")));

    Map<String, Npy> results = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      String layer = i == 0 ? "fc1" : "fc2";
      String number = i == 0 ? "0" : "2";
      long[] shape = i == 0 ? shape0 : shape2;
      LayerMask mask = pruned.mask().layer(layer);
      results.put("mask" + number, Npy.of(ElementType.UINT8, shape, mask.bytes()));
      Outside outside = new Outside(dense.weights(layer), sgd);
      for (int k = 1; k <= steps.size(); k++) {
        Network after = steps.get(k - 1).after();
        float[] weights = after.weights(layer);
        results.put("weight_masked" + number + "_step" + k, Npy.of(shape, weights));
        results.put(
            "weight_orig" + number + "_step" + k, Npy.of(shape, outside.step(mask, weights)));
        float[] bias = after.values(layer + ".bias");
        results.put("bias" + number + "_step" + k, Npy.of(new long[] {bias.length}, bias));
      }
    }
    for (int k = 1; k <= steps.size(); k++) {
      results.put("loss_step" + k, Npy.of(new long[] {1}, new float[] {steps.get(k - 1).loss()}));
    }
    return results;
  }

  private static Sgd optimizer(JsonObject params) {
    Sgd sgd = new Sgd(params.get("lr").getAsDouble());
    if (params.has("momentum")) {
      sgd = sgd.momentum(params.get("momentum").getAsDouble());
    }
    if (params.has("weight_decay")) {
      sgd = sgd.weightDecay(params.get("weight_decay").getAsDouble());
    }
    return params.has("nesterov") && params.get("nesterov").getAsBoolean() ? sgd.nesterov() : sgd;
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

  /**
   * PyTorch's weight_orig keeps its pruned entries, which only weight decay moves; Kerf has 0
   * there. This moves them, so that both can be compared.
   */
  private static final class Outside {
    private final float[] weights;
    private final float[] velocity;
    private final Sgd sgd;

    Outside(float[] weights, Sgd sgd) {
      this.weights = weights;
      this.velocity = new float[weights.length];
      this.sgd = sgd;
    }

    float[] step(LayerMask mask, float[] inside) {
      float[] orig = inside.clone();
      for (int i = 0; i < orig.length; i++) {
        if (!mask.keeps(i)) {
          velocity[i] = (float) (sgd.momentum() * velocity[i] + sgd.weightDecay() * weights[i]);
          weights[i] -= (float) (sgd.rate() * velocity[i]);
          orig[i] = weights[i];
        }
      }
      return orig;
    }
  }
}
