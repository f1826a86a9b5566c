package kerf.quantization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/** Small networks, and what they compute. */
final class Nets {
  private Nets() {}

  static Conv2d conv(int filters, boolean bias) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optBias(bias)
        .build();
  }

  /** conv1, bn1, relu1, maxpool1, conv2, relu2, flatten1, fc1. */
  static Network plain() {
    return random(
        new SequentialBlock()
            .add(conv(4, false))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(conv(6, true))
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(5).build()),
        4,
        6,
        6);
  }

  /** conv1, relu1, then conv2 and relu1 added, relu2, globalavgpool1, fc1. */
  static Network residual() {
    Function<java.util.List<NDList>, NDList> sum =
        lists -> {
          NDArray one = lists.get(0).singletonOrThrow();
          return new NDList(Activation.relu(one.add(lists.get(1).singletonOrThrow())));
        };
    Block branches = new ParallelBlock(sum, Arrays.asList(conv(4, true), Blocks.identityBlock()));
    return random(
        new SequentialBlock()
            .add(conv(4, true))
            .add(Activation::relu)
            .add(branches)
            .add(Pool.globalAvgPool2dBlock())
            .add(Linear.builder().setUnits(3).build()),
        4,
        5,
        5);
  }

  /** Every parameter at random, variances positive. */
  static Network random(Block block, long... input) {
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

  static float[] outputs(Network network, int batch) {
    long[] shape = network.architecture().structure().inputShape();
    long[] batched = new long[shape.length + 1];
    batched[0] = batch;
    System.arraycopy(shape, 0, batched, 1, shape.length);
    int size = (int) Arrays.stream(batched).reduce(1, (a, b) -> a * b);
    return outputs(network, RandomStream.of(3, "input").gaussians(size, 1f), batched);
  }

  static float[] outputs(Network network, float[] inputs, long... shape) {
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(1, "dropout"));
      return Scope.floats(session.forward(scope.tensor(inputs, shape), false));
    }
  }
}
