package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.google.gson.JsonElement;
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
    Npy x = golden.input("x");
    Npy target = golden.input("target");
    OneLayer one = OneLayer.of(golden, "weight_orig");
    String layer = one.name();
    long[] input = Arrays.copyOfRange(x.shape(), 1, x.shape().length);
    Network network =
        Network.of(one.block(), input)
            .revalued(one.values())
            .masked(Mask.of(LayerMask.of(layer, weight.shape(), golden.input("mask").bytes())));

    // A step of rate 1 takes away the gradient itself.
    var step = SquaredErrorSteps.steps(network, new Sgd(1), List.of(x), List.of(target)).get(0);

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("y", Npy.of(target.shape(), outputs(network, x)));
    results.put("loss", Npy.of(new long[] {1}, new float[] {step.loss()}));
    results.put(
        "grad_weight_orig",
        Npy.of(weight.shape(), minus(network, step.after(), layer + ".weight")));
    if (one.biased()) {
      float[] bias = minus(network, step.after(), layer + ".bias");
      results.put("grad_bias", Npy.of(new long[] {bias.length}, bias));
    }
    results.put("grad_x", Npy.of(x.shape(), step.inputGradient()));
    return results;
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
    SequentialBlock block = new SequentialBlock();
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, String> layers = new LinkedHashMap<>();
    List<JsonElement> modules = golden.param("layers").getAsJsonArray().asList();
    for (int i = 0; i < modules.size(); i++) {
      if (modules.get(i).getAsString().equals("relu")) {
        block.add(Activation::relu);
      } else {
        boolean biased = golden.gives("bias" + i);
        Npy weight = golden.input("weight" + i);
        String layer = "fc" + (layers.size() + 1);
        layers.put(Integer.toString(i), layer);
        block.add(Linear.builder().setUnits(weight.shape()[0]).optBias(biased).build());
        values.put(layer + ".weight", weight.floats());
        if (biased) {
          values.put(layer + ".bias", golden.input("bias" + i).floats());
        }
      }
    }
    Network dense = Network.of(block, golden.input("x").shape()[2]).revalued(values);
    JsonObject prune = golden.params().getAsJsonObject("prune");
    assertThat(prune.get("method").getAsString()).isEqualTo("l1_unstructured");
    Network pruned =
        dense.masked(
            Mask.of(
                layers.values().stream()
                    .map(layer -> PruneRunners.smallest(dense, layer, prune.get("amount")))
                    .toList()));
    Sgd sgd = optimizer(golden.params().getAsJsonObject("optimizer"));
    var steps =
        SquaredErrorSteps.steps(
            pruned, sgd, batches(golden.input("x")), batches(golden.input("target")));

    Map<String, Npy> results = new LinkedHashMap<>();
    layers.forEach(
        (number, layer) -> {
          long[] shape = dense.shape(layer);
          LayerMask mask = pruned.mask().layer(layer);
          results.put("mask" + number, Npy.of(ElementType.UINT8, shape, mask.bytes()));
          Outside outside = new Outside(dense.weights(layer), sgd);
          for (int k = 1; k <= steps.size(); k++) {
            String step = number + "_step" + k;
            Network after = steps.get(k - 1).after();
            float[] weights = after.weights(layer);
            results.put("weight_masked" + step, Npy.of(shape, weights));
            results.put("weight_orig" + step, Npy.of(shape, outside.step(mask, weights)));
            if (values.containsKey(layer + ".bias")) {
              float[] bias = after.values(layer + ".bias");
              results.put("bias" + step, Npy.of(new long[] {bias.length}, bias));
            }
          }
        });
    for (int k = 1; k <= steps.size(); k++) {
      results.put("loss_step" + k, Npy.of(new long[] {1}, new float[] {steps.get(k - 1).loss()}));
    }
    return results;
  }

  static Sgd optimizer(JsonObject params) {
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
