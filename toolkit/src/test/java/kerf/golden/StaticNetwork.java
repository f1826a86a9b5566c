package kerf.golden;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kerf.model.Network;
import kerf.storage.Npy;

/**
 * The network that a case of static quantization describes, layer by layer: {@code conv1 3x3 pad 1
 * bias False + bn1 (eps 1e-5) + relu, fused}, {@code maxpool 2x2}, {@code flatten}, {@code fc}.
 * Sizes and biases are those of its arrays.
 */
final class StaticNetwork {
  private static final Pattern WINDOW = Pattern.compile("([0-9]+)x([0-9]+)");

  private final GoldenCase golden;
  private final SequentialBlock block = new SequentialBlock();
  private final Map<String, float[]> values = new LinkedHashMap<>();
  private final Map<String, String> layers = new LinkedHashMap<>();
  private final Map<String, String> points = new LinkedHashMap<>();
  private final Map<String, String> pools = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private long channels;

  StaticNetwork(GoldenCase golden) {
    this.golden = golden;
    this.channels = golden.input("x").shape()[1];
    points.put("quant", "input");
    for (JsonElement element : golden.param("layers").getAsJsonArray()) {
      String text = element.getAsString();
      switch (text.split("[ 0-9]")[0]) {
        case "conv", "fc" -> layer(text);
        case "maxpool" -> pool(text);
        case "flatten" -> block.add(Blocks.batchFlattenBlock());
        case "quant", "dequant" -> {}
        default -> throw new IllegalArgumentException("unknown layer: " + text);
      }
    }
  }

  private void layer(String text) {
    String name = text.split(" ")[0];
    Npy weight = golden.input(name + "_weight");
    boolean biased = golden.gives(name + "_bias");
    boolean linear = weight.shape().length == 2;
    String layer = next(linear ? "fc" : "conv");
    block.add(linear ? linear(weight, biased) : convolution(name, text, weight, biased));
    channels = weight.shape()[0];
    values.put(layer + ".weight", weight.floats());
    if (biased) {
      values.put(layer + ".bias", golden.input(name + "_bias").floats());
    }
    Matcher norm = Pattern.compile("(bn[0-9]+)").matcher(text);
    if (norm.find()) {
      norm(norm.group(1), (float) Described.number(text, "eps", 1e-5));
    }
    String point = layer;
    if (text.contains("relu")) {
      block.add(Activation::relu);
      point = next("relu");
    }
    layers.put(name, layer);
    points.put(name, point);
  }

  private static Linear linear(Npy weight, boolean biased) {
    return Linear.builder().setUnits(weight.shape()[0]).optBias(biased).build();
  }

  private Conv2d convolution(String name, String text, Npy weight, boolean biased) {
    String named = "stride" + name.replaceAll("[^0-9]", "");
    long stride =
        golden.params().has(named)
            ? golden.param(named).getAsLong()
            : (long) Described.number(text, "stride", 1);
    long padding = (long) Described.number(text, "pad", 0);
    return Conv2d.builder()
        .setFilters((int) weight.shape()[0])
        .setKernelShape(new Shape(weight.shape()[2], weight.shape()[3]))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding))
        .optGroups((int) (channels / weight.shape()[1]))
        .optBias(biased)
        .build();
  }

  private void norm(String name, float epsilon) {
    block.add(BatchNorm.builder().optEpsilon(epsilon).build());
    String own = next("bn");
    values.put(own + ".gamma", golden.input(name + "_weight").floats());
    values.put(own + ".beta", golden.input(name + "_bias").floats());
    values.put(own + ".runningMean", golden.input(name + "_running_mean").floats());
    values.put(own + ".runningVar", golden.input(name + "_running_var").floats());
  }

  private void pool(String text) {
    Matcher window = WINDOW.matcher(text);
    if (!window.find()) {
      throw new IllegalArgumentException("no window in: " + text);
    }
    Shape size = new Shape(Long.parseLong(window.group(1)), Long.parseLong(window.group(2)));
    long stride = (long) Described.number(text, "stride", size.get(0));
    block.add(Pool.maxPool2dBlock(size, new Shape(stride, stride)));
    pools.put(pools.isEmpty() ? "pool" : "pool" + (pools.size() + 1), next("maxpool"));
  }

  private String next(String kind) {
    return kind + counts.merge(kind, 1, Integer::sum);
  }

  Network network(long... sample) {
    return Network.of(block, sample).revalued(values);
  }

  /** Our layers by the case's names. */
  Map<String, String> layers() {
    return layers;
  }

  /** Nodes of the graph by the names that the case has for what they give out. */
  Map<String, String> points() {
    return points;
  }

  /** Nodes of max pooling by the case's names. */
  Map<String, String> pools() {
    return pools;
  }
}
