package kerf.export;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.Map;
import java.util.function.Function;
import kerf.model.Network;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.Quantization;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;

/** Small networks. */
final class Nets {
  private Nets() {}

  /** conv1, bn1, relu1, maxpool1, conv2, relu2, flatten1, fc1. */
  static Network plain() {
    return random(
        new SequentialBlock()
            .add(conv(4, 1))
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

  /** A convolution, a function of arrays, a linear layer. */
  static Network with(Function<NDArray, NDArray> lambda) {
    return random(
        new SequentialBlock()
            .add(conv(4, 1))
            .addSingleton(lambda)
            .add(Blocks.batchFlattenBlock())
            .add(fc(3)),
        2,
        6,
        6);
  }

  /** fc1 of weights 1, 2 and -0.5, 0.25 and biases 0.5, -1; no more. */
  static Network tiny() {
    Network network = Network.of(new SequentialBlock().add(fc(2)), 2);
    return network.revalued(
        Map.of("fc1.weight", new float[] {1, 2, -0.5f, 0.25f}, "fc1.bias", new float[] {0.5f, -1}));
  }

  /** Tiny, its weights in a form, its input float. */
  static QuantizedGraph tiny(WeightForm form) {
    return new QuantizedGraph(
        Folding.fold(tiny()), Mode.WEIGHT_ONLY, Map.of("fc1.weight", form), Map.of());
  }

  /** Tiny in integers: input of scale 1/4 and zero point 128, weights of scale 1/32 and 1/64. */
  static QuantizedGraph tinyIntegers() {
    return new QuantizedGraph(
        Folding.fold(tiny()),
        Mode.STATIC,
        Map.of(
            "fc1.weight",
            new WeightForm.Grid(
                IntegerFormat.signed(8)
                    .restricted()
                    .perChannel()
                    .quantizer(new QuantParams(0.03125f, 0), new QuantParams(0.015625f, 0)))),
        Map.of("input", grid(IntegerFormat.unsigned(8), 0.25f, 128)));
  }

  /** Tiny, its input rounded as it comes. */
  static QuantizedGraph tinyDynamic() {
    return new QuantizedGraph(
        Folding.fold(tiny()),
        Mode.DYNAMIC,
        tinyIntegers().forms(),
        Map.of(),
        Map.of("fc1", IntegerFormat.unsigned(8)));
  }

  /** lstm1 of one or more layers over 4 steps of 5, its last step, fc1. */
  static Network sequences(int layers) {
    return random(
        new SequentialBlock()
            .add(LSTM.builder().setStateSize(3).setNumLayers(layers).build())
            .addSingleton(x -> x.get(":, -1"))
            .add(fc(3)),
        4,
        5);
  }

  /** All layers of two-layer sequences in dynamic int8. */
  static QuantizedGraph dynamicSequences() {
    return Quantization.plan().int8().dynamic().quantize(sequences(2)).form();
  }

  static Quantizer grid(IntegerFormat format, float scale, int zeroPoint) {
    return format.quantizer(new QuantParams(scale, zeroPoint));
  }
}
