package kerf.quantization;

import static kerf.model.SmallNets.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import java.util.Map;
import kerf.data.Datasets;
import kerf.integer.IntegerDynamicLinear;
import kerf.integer.IntegerDynamicLstm;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantizedTensor;
import kerf.scheme.Scheme;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.training.Evaluator;
import kerf.training.MeanSquaredError;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class DynamicTest {
  private static final Quantization PLAN = Quantization.plan().dynamic();

  /** One output of two inputs: weights 1 and -0.5, bias 10. */
  private static Network linear() {
    return Network.of(Linear.builder().setUnits(1).build(), 2)
        .revalued(Map.of("fc1.weight", new float[] {1, -0.5f}, "fc1.bias", new float[] {10}));
  }

  private static Network lstm(int layers, boolean bidirectional) {
    SequentialBlock block =
        new SequentialBlock()
            .add(
                LSTM.builder()
                    .setStateSize(5)
                    .setNumLayers(layers)
                    .optBidirectional(bidirectional)
                    .build())
            .add(Linear.builder().setUnits(3).build());
    return random(block, 4, 6);
  }

  @Test
  void aBatchIsRoundedByItsOwnRange() {
    // Two bits, levels 0 to 3 over 0 to 3: 1.4 becomes 1, 1.6 becomes 2; over 0 to 30 both are 0.
    Quantization two =
        PLAN.weights(IntegerFormat.signed(8).restricted()).activations(IntegerFormat.unsigned(2));
    Quantized network = two.quantize(linear());
    float half = 64 / 127f;
    assertThat(Outputs.of(network, new float[] {3, 0, 1.4f, 1.6f}, 2, 2))
        .containsExactly(new float[] {13, 10 + 1 - 2 * half}, within(1e-5f));
    assertThat(Outputs.of(network, new float[] {30, 0, 1.4f, 1.6f}, 2, 2))
        .containsExactly(new float[] {40, 10}, within(1e-5f));
  }

  @Test
  void theEngineComputesWhatIntegersDo() {
    Network network = lstm(1, false);
    Quantized quantized = PLAN.quantize(network);
    IntegerFormat input = IntegerFormat.unsigned(8);
    IntegerDynamicLstm lstm =
        new IntegerDynamicLstm(
            new IntegerDynamicLinear(
                ints(quantized, "lstm1.l_0_i2h_WEIGHT"),
                network.values("lstm1.l_0_i2h_BIAS"),
                input),
            new IntegerDynamicLinear(
                ints(quantized, "lstm1.l_0_h2h_WEIGHT"),
                network.values("lstm1.l_0_h2h_BIAS"),
                input));
    IntegerDynamicLinear head =
        new IntegerDynamicLinear(ints(quantized, "fc1.weight"), network.values("fc1.bias"), input);
    float[] x = RandomStream.of(3, "x").uniforms(24, -1, 1);
    assertThat(Outputs.of(quantized, x, 1, 4, 6))
        .containsExactly(head.apply(lstm.apply(x, 1).outputs()), within(1e-5f));
  }

  private static QuantizedTensor ints(Quantized network, String name) {
    QuantizedGraph form = network.form();
    return form.weights()
        .get(name)
        .quantize(form.network().values(name), form.graph().parameter(name).shape());
  }

  @Test
  void layersAboveEachOtherComputeNearlyWhatTheyDidInFloats() {
    Network network = lstm(2, false);
    float[] x = RandomStream.of(3, "x").uniforms(72, -1, 1);
    float[] floats = Outputs.of(network, x, 3, 4, 6);
    float[] rounded = Outputs.of(PLAN.quantize(network), x, 3, 4, 6);
    assertThat(rounded).isNotEqualTo(floats).containsExactly(floats, within(0.05f));
  }

  @Test
  void layersRoundTheirInputsAndKeepTheirNames() {
    Quantized network = PLAN.quantize(lstm(2, false));
    assertThat(Graph.of(network).nodes())
        .extracting(Node::toString)
        .containsExactly(
            "input = Input() -> 4×6",
            "lstm1 = DynamicLSTM(6→5, 2 layers)(input) -> 4×5",
            "fc1 = DynamicLinear(5→3)(lstm1) -> 4×3");
    assertThat(network.form().mode()).isEqualTo(Mode.DYNAMIC);
    assertThat(network.form().inputs())
        .isEqualTo(Map.of("lstm1", IntegerFormat.unsigned(8), "fc1", IntegerFormat.unsigned(8)));
    assertThat(network.form().points()).isEmpty();
    assertThat(network.table().stringColumn("tensor").asList())
        .contains("fc1.weight", "fc1 input", "lstm1 input");
    assertThat(network.ratio()).isBetween(0.25, 0.7);
  }

  @Test
  void convolutionsStayFloat() {
    Quantized network = PLAN.quantize(Nets.plain());
    assertThat(network.form().inputs()).containsOnlyKeys("fc1");
    assertThat(network.form().floatLayers()).containsExactly("conv1", "conv2");
    assertThat(network.toString()).endsWith("conv1, conv2 stay float");
  }

  @Test
  void accuracyIsKept() {
    Network network =
        Training.defaults()
            .until(Step.epochs(20))
            .train(Mlp.of(64, 60, 10).initialize(1), Datasets.digits());
    double before = Evaluator.measure(network, Datasets.digits().test()).accuracy();
    double after = Evaluator.measure(PLAN.quantize(network), Datasets.digits().test()).accuracy();
    assertThat(before).isGreaterThan(0.7);
    assertThat(after).isCloseTo(before, within(0.005));
  }

  @Test
  void wrongUseIsRefused() {
    Network bidirectional = lstm(1, true);
    assertThatThrownBy(() -> PLAN.quantize(bidirectional))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dynamic quantization reads sequences in one direction, found LSTM(6→5, bidirectional); keep it float by .keepFloat(...)");
    assertThat(PLAN.keepFloat("lstm1").quantize(bidirectional).form().inputs())
        .containsOnlyKeys("fc1");
    Quantized once = PLAN.quantize(linear());
    assertThatThrownBy(() -> PLAN.quantize(once))
        .hasMessage(
            "a float network is needed, found one that is quantized already (fc1); take its .original()");
    assertThatThrownBy(() -> PLAN.weights(IntegerFormat.signed(4).perGroup(2)).quantize(linear()))
        .hasMessageStartingWith(
            "dynamic quantization multiplies integers, so fc1.weight needs an integer format with one scale a tensor or an output channel, found");
    assertThatThrownBy(
            () ->
                Training.defaults()
                    .until(Step.iterations(1))
                    .batch(4)
                    .loss(new MeanSquaredError())
                    .train(once, Datasets.xor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "which is quantized and would leave its grid; change the float network, .original()");
  }

  @Test
  void aLayerCanHaveOtherFormats() {
    Quantized network = PLAN.scheme("fc1", Scheme.int8().bits(4)).quantize(lstm(1, false));
    assertThat(network.form().inputs().get("fc1")).isEqualTo(IntegerFormat.unsigned(4));
    assertThat(network.form().weights().get("fc1.weight").format().bits()).isEqualTo(4);
    assertThat(network.form().inputs().get("lstm1")).isEqualTo(IntegerFormat.unsigned(8));
  }
}
