package kerf.slimming;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.lived;
import static kerf.model.SmallNets.relu;
import static kerf.model.SmallNets.sum;
import static kerf.model.SmallNets.unbiased;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.random.RandomStream;

/** Small blocks for every kind of coupling, and networks as a training might leave them. */
final class Tiny {
  private Tiny() {}

  static Block product(Block... branches) {
    return new ParallelBlock(
        lists -> new NDList(lists.get(0).head().mul(lists.get(1).head())), List.of(branches));
  }

  static Block beside(Block... branches) {
    return new ParallelBlock(
        lists -> new NDList(lists.get(0).head().concat(lists.get(1).head(), 1)), List.of(branches));
  }

  /** Each block with images of 2×6×6, and a name for it; every operator that passes channels on. */
  static Map<String, Network> zoo() {
    Map<String, Network> zoo = new LinkedHashMap<>();
    zoo.put("plain", of(conv(4, 0), relu(), conv(5, 0), relu(), flat(), fc(6), relu(), fc(3)));
    zoo.put("padded", of(conv(4, 1), conv(5, 1), relu(), flat(), fc(3)));
    zoo.put("normalized", of(unbiased(4), bn(), relu(), unbiased(5), bn(), relu(), flat(), fc(3)));
    zoo.put(
        "pooled",
        of(
            conv(4, 1),
            bn(),
            Pool.maxPool2dBlock(new Shape(3, 3), new Shape(1, 1), new Shape(1, 1)),
            conv(5, 1),
            Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)),
            conv(4, 1),
            Pool.globalAvgPool2dBlock(),
            flat(),
            fc(3)));
    zoo.put(
        "residual",
        of(
            conv(4, 1),
            sum(chain(unbiased(3), bn(), relu(), unbiased(4), bn()), Blocks.identityBlock()),
            relu(),
            sum(chain(conv(5, 1), bn()), chain(conv(5, 1))),
            flat(),
            fc(3)));
    zoo.put("gated", of(conv(4, 1), product(chain(conv(3, 1)), chain(conv(3, 1))), flat(), fc(3)));
    zoo.put(
        "concatenated",
        of(
            beside(chain(conv(2, 1), bn()), chain(conv(3, 1))),
            relu(),
            sum(chain(conv(5, 1)), Blocks.identityBlock()),
            conv(2, 1),
            flat(),
            fc(3)));
    zoo.put(
        "depthwise",
        of(unbiased(4), bn(), relu(), conv(4, 3, 1, 4), bn(), relu(), conv(3, 0), flat(), fc(3)));
    zoo.put("doubled", of(conv(3, 1), conv(6, 3, 1, 3), relu(), conv(3, 1), flat(), fc(3)));
    zoo.put("grouped", of(conv(6, 1), relu(), conv(4, 3, 1, 2), relu(), conv(3, 1), flat(), fc(3)));
    zoo.put(
        "neurons",
        of(flat(), fc(5), relu(), fc(4), bn(), new LambdaBlock(Activation::gelu), fc(3)));
    zoo.put(
        "squashed",
        of(
            flat(),
            fc(5),
            new LambdaBlock(Activation::sigmoid),
            fc(4),
            new LambdaBlock(Activation::tanh),
            fc(3)));
    return zoo;
  }

  static Network of(Block... parts) {
    return lived(Network.of(chain(parts), 2, 6, 6));
  }

  /** A network without some of a layer's filters or neurons. */
  static Network withoutFilters(Network network, String layer, int... filters) {
    long[] shape = network.shape(layer);
    int row = network.mask().layer(layer).size() / (int) shape[0];
    return without(network, layer, index -> index / row, filters);
  }

  /** A network of which a layer does not read some inputs. */
  static Network withoutInputs(Network network, String layer, int... inputs) {
    long[] shape = network.shape(layer);
    int taps = network.mask().layer(layer).size() / (int) (shape[0] * shape[1]);
    return without(network, layer, index -> index / taps % (int) shape[1], inputs);
  }

  private static Network without(
      Network network, String layer, java.util.function.IntUnaryOperator place, int... places) {
    List<LayerMask> masks = new ArrayList<>();
    for (LayerMask mask : network.mask().layers()) {
      masks.add(
          mask.name().equals(layer)
              ? mask.without(
                  java.util.stream.IntStream.range(0, mask.size())
                      .filter(
                          index ->
                              Arrays.stream(places).anyMatch(p -> p == place.applyAsInt(index)))
                      .toArray())
              : mask);
    }
    return network.masked(Mask.of(masks));
  }

  /** What a network makes of a batch of noise that the proof does not use. */
  static float[] outputs(Network network) {
    return Outputs.ofNoise(network, 3, RandomStream.of(77, "inputs"), 2f);
  }
}
