package kerf.export;

import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerf.model.CharLstm;
import kerf.model.Dropout;
import kerf.model.Network;
import kerf.model.SmallNets;
import kerf.quantization.FakeQuantize;
import kerf.quantization.Folding;
import kerf.quantization.Mode;
import kerf.quantization.QuantizedGraph;
import kerf.scheme.IntegerFormat;
import kerf.trace.Graph;
import org.junit.jupiter.api.Test;

class TranslationTest {
  /** The largest difference of outputs over the largest output, ONNX Runtime against the engine. */
  private static double difference(Network network) {
    QuantizedGraph form = new QuantizedGraph(network, Mode.WEIGHT_ONLY, Map.of(), Map.of());
    Material noise = Material.noise(form.graph());
    byte[] model = Translation.model(form).toByteArray();
    return Answers.of(model, form.graph(), noise).difference(Answers.of(network, noise));
  }

  private static void same(Network network) {
    assertThat(difference(network)).as(Graph.of(network).nodes().toString()).isLessThan(2e-6);
  }

  private static Network classified(SequentialBlock block, long... input) {
    return random(block.add(Blocks.batchFlattenBlock()).add(fc(3)), input);
  }

  @Test
  void everyActivation() {
    SmallNets.activations().forEach(lambda -> same(Nets.with(lambda)));
  }

  @Test
  void everyOperatorWithoutParameters() {
    List<Function<NDArray, NDArray>> lambdas =
        List.of(
            x -> x.mul(x),
            x -> x.add(Activation.relu(x)),
            x -> x.concat(Activation.relu(x), 1),
            x -> x.reshape(x.size(0), 2, 2, -1),
            x -> x.transpose(0, 2, 3, 1),
            x -> x.get(":, 1"),
            x -> x.get(":, :, -1"),
            x -> x.flatten(2, 3),
            x -> x.reshape(x.size(0), 4, -1).mean(new int[] {2}),
            x -> x.flatten(2, 3).max(new int[] {2}, true),
            x -> Pool.globalMaxPool2d(x),
            x -> Pool.globalAvgPool2d(x),
            x -> Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true),
            x -> Pool.maxPool2d(x, new Shape(3, 2), new Shape(2, 2), new Shape(0, 0), false),
            x -> Pool.maxPool2d(x, new Shape(4, 4), new Shape(4, 4), new Shape(0, 0), true),
            x -> Pool.avgPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false, true),
            x -> Pool.avgPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false, false),
            x -> Pool.avgPool2d(x, new Shape(4, 4), new Shape(4, 4), new Shape(0, 0), true, true));
    lambdas.forEach(lambda -> same(Nets.with(lambda)));
  }

  @Test
  void convolutions() {
    Block wide =
        Conv2d.builder()
            .setFilters(6)
            .setKernelShape(new Shape(3, 2))
            .optStride(new Shape(2, 1))
            .optPadding(new Shape(2, 1))
            .optDilation(new Shape(1, 2))
            .optGroups(2)
            .optBias(false)
            .build();
    same(classified(new SequentialBlock().add(wide), 4, 7, 6));
    same(classified(new SequentialBlock().add(conv(4, 3, 1, 4)), 4, 5, 5));
    Block line = Conv1d.builder().setFilters(3).setKernelShape(new Shape(3)).build();
    same(classified(new SequentialBlock().add(line), 2, 9));
    Block space = Conv3d.builder().setFilters(3).setKernelShape(new Shape(2, 2, 2)).build();
    same(classified(new SequentialBlock().add(space), 2, 4, 4, 4));
  }

  @Test
  void branchesNormalizationAndDropout() {
    Block residual =
        new ParallelBlock(
            list -> new NDList(list.get(0).head().add(list.get(1).head())),
            List.of(
                new SequentialBlock().add(conv(2, 1)).add(BatchNorm.builder().build()),
                Blocks.identityBlock()));
    Network network =
        classified(new SequentialBlock().add(residual).add(new Dropout(0.5)), 2, 5, 5);
    same(network);
    same(Folding.fold(network));
  }

  @Test
  void aDropoutAtTheEnd() {
    same(random(new SequentialBlock().add(fc(3)).add(new Dropout(0.5)), 4));
  }

  @Test
  void sequences() {
    for (boolean both : List.of(false, true)) {
      // The engine takes no biases in both directions: DJL hands them over in another order.
      for (boolean bias : both ? List.of(false) : List.of(false, true)) {
        Block lstm =
            LSTM.builder()
                .setStateSize(5)
                .setNumLayers(2)
                .optBidirectional(both)
                .optHasBiases(bias)
                .build();
        same(random(new SequentialBlock().add(lstm).add(fc(3)), 4, 6));
      }
    }
  }

  @Test
  void charactersAsVectors() {
    same(Folding.fold(new CharLstm(6).length(5).layers(2).initialize(4)));
  }

  @Test
  void aLayerUsedTwice() {
    Conv2d shared = conv(2, 1);
    same(classified(new SequentialBlock().add(shared).add(Activation::relu).add(shared), 2, 6, 6));
  }

  @Test
  void refusesAnOperatorOfSomeoneElse() {
    Network network = Nets.plain();
    Graph graph =
        Graph.of(network)
            .inserted(
                "relu1",
                "rounding",
                new FakeQuantize(Nets.grid(IntegerFormat.unsigned(8), 0.5f, 0)));
    Network other =
        new Network(
            graph.architecture("own", network.architecture().initialization()), values(network));
    assertThatThrownBy(() -> Export.of(other).onnx("never.onnx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot export layer rounding: ONNX has no operator for FakeQuantize(uint8 [0, 255]"
                + " affine per tensor, scale 0.5, zero point 0); export a network"
                + " without it, or the quantized network it belongs to");
  }

  private static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network
        .architecture()
        .structure()
        .parameters()
        .forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    return values;
  }

  @Test
  void refusesAMeanThatCountsPaddingAndHangsOver() {
    Network network =
        Nets.with(
            x -> Pool.avgPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), true, true));
    assertThatThrownBy(() -> difference(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot export layer avgpool1: AvgPool2d(3×3, stride 2, padding 1, ceiling) counts its"
                + " padding but not what hangs over the edge, which ONNX cannot; pool without"
                + " ceiling or without padding");
  }
}
