package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerf.random.RandomStream;

/** Parts of small networks, and values as a training might leave them. */
public final class SmallNets {
  private SmallNets() {}

  public static Conv2d conv(int filters, int size, int padding, int groups) {
    return square(filters, size, padding).optGroups(groups).build();
  }

  /** Of 3×3, over all channels. */
  public static Conv2d conv(int filters, int padding) {
    return square(filters, 3, padding).build();
  }

  /** Of 3×3, as large as its input, without a bias. */
  public static Conv2d unbiased(int filters) {
    return square(filters, 3, 1).optBias(false).build();
  }

  private static Conv2d.Builder square(int filters, int size, int padding) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(size, size))
        .optPadding(new Shape(padding, padding));
  }

  public static Linear fc(int units) {
    return Linear.builder().setUnits(units).build();
  }

  public static Block bn() {
    return BatchNorm.builder().build();
  }

  public static Block relu() {
    return new LambdaBlock(Activation::relu);
  }

  public static Block flat() {
    return Blocks.batchFlattenBlock();
  }

  public static SequentialBlock chain(Block... parts) {
    SequentialBlock chain = new SequentialBlock();
    for (Block part : parts) {
      chain.add(part);
    }
    return chain;
  }

  public static Block sum(Block... branches) {
    return new ParallelBlock(
        lists -> new NDList(lists.get(0).head().add(lists.get(1).head())), List.of(branches));
  }

  /** Every activation that can be traced. */
  public static List<Function<NDArray, NDArray>> activations() {
    return List.of(
        Activation::relu,
        Activation::relu6,
        x -> Activation.leakyRelu(x, 0.1f),
        x -> Activation.elu(x, 0.5f),
        Activation::selu,
        Activation::gelu,
        x -> Activation.swish(x, 2),
        Activation::sigmoid,
        Activation::tanh,
        NDArray::tanh,
        Activation::softPlus,
        Activation::softSign,
        x -> x.softmax(1),
        x -> x.logSoftmax(-1),
        x -> x.clip(-0.5, 0.5),
        x -> x.maximum(0.25),
        x -> x.minimum(0.25));
  }

  /** Every parameter at random, variances positive. */
  public static Network random(Block block, long... input) {
    Network network = Network.of(block, input);
    Map<String, float[]> values = new LinkedHashMap<>();
    RandomStream stream = RandomStream.of(11, "nets");
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      float[] own = stream.split(spec.name()).gaussians(spec.size(), 0.5f);
      if (spec.role() == ParameterSpec.Role.RUNNING_VARIANCE) {
        for (int i = 0; i < own.length; i++) {
          own[i] = 0.5f + own[i] * own[i];
        }
      }
      values.put(spec.name(), own);
    }
    return network.revalued(values);
  }

  /** A network of a block, as {@link #lived(Network)}. */
  public static Network lived(Block block, long... input) {
    return lived(Network.of(block, input));
  }

  /** Biases, shifts and statistics as no training starts with them; weights as they start. */
  public static Network lived(Network fresh) {
    Map<String, float[]> values = new LinkedHashMap<>();
    RandomStream stream = RandomStream.of(5, "lived");
    for (ParameterSpec spec : fresh.architecture().structure().parameters()) {
      RandomStream own = stream.split(spec.name());
      values.put(
          spec.name(),
          switch (spec.role()) {
            case BIAS, SHIFT, RUNNING_MEAN -> own.gaussians(spec.size(), 0.3f);
            case SCALE, RUNNING_VARIANCE -> own.uniforms(spec.size(), 0.5f, 1.5f);
            default -> fresh.values(spec.name());
          });
    }
    return fresh.revalued(values);
  }
}
