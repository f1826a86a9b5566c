package kerf.golden;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.storage.Npy;

/**
 * The one linear layer or convolution of a case, with the sizes, padding, groups and bias that the
 * case has.
 *
 * @param name our name of the layer
 * @param block the layer
 * @param values its parameters
 */
record OneLayer(String name, Block block, Map<String, float[]> values) {
  /**
   * Takes the layer of a case.
   *
   * @param golden with {@code layer}, {@code padding} and perhaps {@code groups} among its
   *     parameters, and perhaps an input {@code bias}
   * @param weight the name of the input that holds the weights
   */
  static OneLayer of(GoldenCase golden, String weight) {
    Npy weights = golden.input(weight);
    boolean linear = golden.param("layer").getAsString().equals("linear");
    boolean biased = golden.gives("bias");
    String name = linear ? "fc1" : "conv1";
    Map<String, float[]> values = new LinkedHashMap<>();
    values.put(name + ".weight", weights.floats());
    if (biased) {
      values.put(name + ".bias", golden.input("bias").floats());
    }
    int out = (int) weights.shape()[0];
    Block block =
        linear
            ? Linear.builder().setUnits(out).optBias(biased).build()
            : convolution(golden.params(), weights, biased);
    return new OneLayer(name, block, values);
  }

  private static Conv2d convolution(JsonObject params, Npy weights, boolean biased) {
    int padding = params.get("padding").getAsInt();
    return Conv2d.builder()
        .setFilters((int) weights.shape()[0])
        .setKernelShape(new Shape(weights.shape()[2], weights.shape()[3]))
        .optPadding(new Shape(padding, padding))
        .optGroups(params.has("groups") ? params.get("groups").getAsInt() : 1)
        .optBias(biased)
        .build();
  }

  boolean biased() {
    return values.containsKey(name + ".bias");
  }
}
