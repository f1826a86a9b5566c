package kerf.quantization;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;
import static kerf.model.SmallNets.unbiased;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Arrays;
import java.util.function.Function;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.random.RandomStream;

/** Small networks, and what they compute. */
final class Nets {
  private Nets() {}

  /** conv1, bn1, relu1, maxpool1, conv2, relu2, flatten1, fc1. */
  static Network plain() {
    return random(
        new SequentialBlock()
            .add(unbiased(4))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
            .add(conv(6, 1))
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(fc(5)),
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
    Block branches = new ParallelBlock(sum, Arrays.asList(conv(4, 1), Blocks.identityBlock()));
    return random(
        new SequentialBlock()
            .add(conv(4, 1))
            .add(Activation::relu)
            .add(branches)
            .add(Pool.globalAvgPool2dBlock())
            .add(fc(3)),
        4,
        5,
        5);
  }

  static float[] outputs(Network network, int batch) {
    return Outputs.ofNoise(network, batch, RandomStream.of(3, "input"), 1f);
  }
}
