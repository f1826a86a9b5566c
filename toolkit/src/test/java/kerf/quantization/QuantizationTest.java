package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Samples;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.pruning.Pruning;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.Quantizer;
import kerf.scheme.Scheme;
import kerf.training.Evaluator;
import kerf.training.TrainedDigits;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuantizationTest {
  private static final Dataset DATA = TrainedDigits.DATA;
  private static final Samples SOME = DATA.train().first(128);
  private static Network network;

  @BeforeAll
  static void train() {
    network = TrainedDigits.after(4);
  }

  private static double accuracy(Network some) {
    return Evaluator.measure(some, DATA.test()).accuracy();
  }

  @Test
  void eightBitsLoseNextToNothing() {
    Quantized quantized = Quantization.plan().calibrateOn(SOME).quantize(network);

    assertThat(quantized.form().forms()).containsOnlyKeys("conv2.weight", "fc1.weight");
    assertThat(accuracy(quantized)).isCloseTo(accuracy(network), Offset.offset(0.006));
    assertThat(quantized.sqnr("conv2.weight")).isGreaterThan(35);
    assertThat(quantized.original()).isSameAs(network);
  }

  @Test
  void theEndsAreQuantizedOnDemand() {
    Quantized quantized = Quantization.plan().ends().calibrateOn(SOME).quantize(network);

    assertThat(quantized.form().forms())
        .containsOnlyKeys("conv1.weight", "conv2.weight", "fc1.weight");
    assertThat(quantized.form().points()).containsKeys("input", "fc1");
    assertThat(accuracy(quantized)).isCloseTo(accuracy(network), Offset.offset(0.01));
  }

  @Test
  void twoBitsLoseMuch() {
    double two = accuracy(Quantization.plan().bits(2).calibrateOn(SOME).quantize(network));

    assertThat(two).isLessThan(accuracy(network) - 0.05);
  }

  @Test
  void whatIsRoundedIsOnTheGrids() {
    Quantized quantized = Quantization.plan().bits(3).calibrateOn(SOME).quantize(network);

    Quantizer grid = quantized.form().weights().get("conv2.weight");
    float[] weights = quantized.values("conv2.weight");
    assertThat(grid.fake(weights, 16, 8, 3, 3)).containsExactly(weights);
    float inputScale =
        quantized
            .form()
            .inputOf(quantized.form().graph().node("conv2"))
            .orElseThrow()
            .params()
            .get(0)
            .scale();
    float unit = inputScale * grid.params().get(5).scale();
    float bias = quantized.values("conv2.bias")[5] / unit;
    assertThat(bias).isCloseTo(Math.round(bias), Offset.offset(1e-3f));
  }

  @Test
  void whatIsSaidOfALayerCountsBeforeItsKindAndThatBeforeAll() {
    Scheme four = Scheme.int8().bits(4);
    Quantization plan =
        Quantization.plan()
            .bits("conv1", 6)
            .bits(LayerKind.CONVOLUTION, 3)
            .scheme(Scheme.int8().bits(5))
            .scheme("fc1", four);

    Map<String, Integer> bits = new java.util.LinkedHashMap<>();
    Assignment assignment = plan.prepare(network).assignment();
    assignment.weights().forEach((name, format) -> bits.put(name, format.bits()));

    assertThat(bits).isEqualTo(Map.of("conv1.weight", 6, "conv2.weight", 3, "fc1.weight", 4));
    // What conv2 reads has conv2's width, what fc1 reads that of fc1.
    assertThat(assignment.points().values()).extracting(IntegerFormat::bits).contains(6, 3, 4);
    assertThat(assignment.points().get("input").bits()).isEqualTo(6);
  }

  @Test
  void layersAndKindsCanStayFloat() {
    Quantization plan = Quantization.plan().calibrateOn(SOME);

    assertThat(plan.keepFloat("conv2").quantize(network).form().forms())
        .containsOnlyKeys("fc1.weight");
    assertThat(plan.keepFloat(LayerKind.LINEAR).quantize(network).form().forms())
        .containsOnlyKeys("conv2.weight");
    assertThat(
            plan.keepFloat(LayerKind.LINEAR)
                .scheme("fc1", Scheme.int8())
                .quantize(network)
                .form()
                .forms())
        .containsOnlyKeys("conv2.weight", "fc1.weight");
  }

  @Test
  void weightsAloneInAnyForm() {
    Quantization plan = Quantization.plan().weightOnly();
    Network fc = new Lenet300100().initialize(3);
    IntegerFormat int4 = IntegerFormat.signed(4).symmetric().perGroup(32);

    Quantized eight = plan.quantize(fc);
    Quantized four = plan.weights(int4).quantize(fc);
    Quantized half = plan.weights(FloatFormat.FP16).quantize(fc);
    Quantized brain = plan.weights(FloatFormat.BF16).quantize(fc);
    Quantized few = plan.weights(new PaletteFormat(4)).quantize(fc);

    for (Quantized each : List.of(eight, four, half, brain, few)) {
      assertThat(each.form().points()).isEmpty();
      assertThat(each.form().forms()).containsOnlyKeys("fc1.weight", "fc2.weight", "fc3.weight");
    }
    // 266,200 weights; 410 biases of 4 bytes; a scale of 4 bytes a channel, or for each group of 32
    // (25 a row of fc1, 10 of fc2, 4 of fc3).
    assertThat(eight.bytes()).isEqualTo(266_200 + 4 * 410 + 4 * 410);
    assertThat(four.bytes()).isEqualTo(133_100 + 4 * 410 + 4 * (7_500 + 1_000 + 40));
    assertThat(half.bytes()).isEqualTo(2 * 266_200 + 4 * 410);
    assertThat(few.bytes()).isEqualTo(133_100 + 4 * 410 + 4 * 3 * 16);
    assertThat(eight.ratio()).isLessThan(0.26);
    assertThat(half.sqnr("fc1.weight")).isGreaterThan(70);
    assertThat(brain.sqnr("fc1.weight")).isBetween(45.0, 60.0);
    assertThat(four.sqnr("fc1.weight")).isLessThan(eight.sqnr("fc1.weight"));
    // The values of a palette go where the weights are.
    assertThat(few.sqnr("fc1.weight"))
        .isGreaterThan(
            plan.weights(IntegerFormat.signed(4).restricted()).quantize(fc).sqnr("fc1.weight"));
  }

  @Test
  void prunedWeightsStayZeroInEveryForm() {
    Network pruned = Pruning.plan().sparsity(0.7).prune(network);
    Quantization plan = Quantization.plan().calibrateOn(SOME);

    for (Quantized each :
        List.of(
            plan.quantize(pruned),
            plan.bits(4).quantize(pruned),
            plan.weightOnly().weights(new PaletteFormat(2)).quantize(pruned),
            plan.weightOnly().weights(FloatFormat.BF16).quantize(pruned))) {
      assertThat(each.mask()).isEqualTo(pruned.mask());
      float[] before = pruned.values("conv2.weight");
      float[] after = each.form().forms().get("conv2.weight").rounded(before, 16, 8, 3, 3);
      for (int i = 0; i < before.length; i++) {
        if (before[i] == 0) {
          assertThat(after[i]).isZero();
        }
      }
    }
  }

  @Test
  void theStepsByThemselvesGiveTheSame() {
    Quantization plan = Quantization.plan().observer(Observer.percentile(0.999));

    Prepared prepared = plan.prepare(network);
    Calibrated calibrated = prepared.calibrate(SOME);

    assertThat(calibrated.convert().form().points())
        .isEqualTo(plan.calibrateOn(SOME).quantize(network).form().points());
    assertThat(prepared.calibrate(List.of(SOME.first(64).inputs()), 1, 8, 8).point("relu1"))
        .isEqualTo(prepared.calibrate(SOME.first(64)).point("relu1"));
  }

  @Test
  void tellsWhatItDid() {
    Quantized quantized = Quantization.plan().calibrateOn(SOME).quantize(network);

    assertThat(quantized.table().columnNames())
        .containsExactly(
            "tensor", "kind", "format", "scales", "scale", "zero point", "clipped", "SQNR, dB");
    assertThat(quantized.table().stringColumn("tensor").asList())
        .containsExactly("conv2.weight", "fc1.weight", "relu1", "relu2");
    assertThat(quantized.toString()).contains("quantized (static)").contains("conv1 stays float");
    assertThat(Quantization.plan().prepare(network).table().stringColumn("observer").asList())
        .containsOnly("minMax()");
  }

  @Test
  void convertingBeforeCalibratingIsRefused() {
    assertThatThrownBy(() -> Quantization.plan().prepare(network).convert())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "converting needs the ranges of 2 points (relu1, relu2), found none: nothing was"
                + " observed yet; call .calibrate(mnist().train().sample(512, 7)) first");
    assertThatThrownBy(() -> Quantization.plan().quantize(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "static quantization needs data to see the ranges of activations, found none; add"
                + " .calibrateOn(mnist().train().sample(512, 7)), or use .dynamic() or .weightOnly()");
  }

  @Test
  void observersThatSawNothingGiveNoScale() {
    assertThatThrownBy(
            () -> Quantization.plan().calibrateOn(DATA.train().first(0)).quantize(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least one sample to compute on, found none in ");
  }

  @Test
  void widthsThatNoGridHasAreRefused() {
    assertThatThrownBy(() -> Quantization.plan().bits(1))
        .hasMessage(
            "an integer format needs 2 or more bits, found 1; one bit has no zero: use"
                + " qat().weights(binary())");
    assertThatThrownBy(() -> Quantization.plan().bits(9))
        .hasMessage("bits must be 2 to 8, 16 or 32, found 9");
    assertThatThrownBy(() -> Quantization.plan().bits("fc1", 0))
        .hasMessage("bits must be 2 to 8, 16 or 32, found 0");
    assertThatThrownBy(() -> Quantization.plan().weights(new PaletteFormat(9)))
        .hasMessage("a palette needs 1 to 8 bits, found 9");
  }

  @Test
  void formatsThatDoNotMultiplyAreRefused() {
    assertThatThrownBy(
            () -> Quantization.plan().weights(FloatFormat.FP16).calibrateOn(SOME).quantize(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "static quantization multiplies integers, so conv2.weight needs an integer format with"
                + " one scale a tensor or an output channel, found fp16; use .weightOnly()");
  }

  @Test
  void layersThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> Quantization.plan().keepFloat("fc9").prepare(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no layer 'fc9' with weights in the network; it has conv1, conv2, fc1");
  }

  @Test
  void aPlanThatLeavesNothingIsRefused() {
    assertThatThrownBy(() -> Quantization.plan().keepFloat("conv2", "fc1").prepare(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("nothing is left to quantize by static quantization: weights int8")
        .hasMessageEndingWith(
            "fc1 (Linear(64→10)); leave out keepFloat, add .ends(), or use .weightOnly()");
  }

  @Test
  void quantizingTwiceIsRefused() {
    Quantized once = Quantization.plan().calibrateOn(SOME).quantize(network);

    assertThatThrownBy(() -> Quantization.plan().calibrateOn(SOME).quantize(once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a float network is needed, found one that is quantized already (relu1.quantized);"
                + " take its .original()");
  }

  @Test
  void whatCannotBeTracedCannotBeQuantized() {
    Network sorting =
        Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(list -> new NDList(list.singletonOrThrow().sort())),
            3);

    assertThatThrownBy(() -> Quantization.plan().calibrateOn(SOME).quantize(sorting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot trace operator 'sort'");
  }

  @Test
  void aPlanTellsAllThatItSays() {
    assertThat(Quantization.plan().bits(4).bits("fc1", 8).keepFloat(LayerKind.RECURRENT).ends())
        .hasToString(
            "static quantization: weights int4 [-7, 7] symmetric per channel, activations uint4 [0,"
                + " 15] affine per tensor; LSTM layers: float; fc1: weights int8 [-127, 127]"
                + " symmetric per channel, activations uint8 [0, 255] affine per tensor; observer"
                + " minMax(); ends too");
    assertThat(Quantization.plan().weightOnly().weights(FloatFormat.FP16).keepFloat("fc1"))
        .hasToString("weight-only quantization: weights fp16; fc1: float");
  }

  @Test
  void theNetworkIsLeftAsItWas() {
    float[] before = network.values("conv2.weight");

    Quantization.plan().bits(2).calibrateOn(SOME).quantize(network);

    assertThat(network.values("conv2.weight")).containsExactly(before);
  }
}
