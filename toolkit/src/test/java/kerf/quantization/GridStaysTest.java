package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.mask.Mask;
import kerf.model.Lenet300100;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.pruning.OptimalBrainSurgeon;
import kerf.pruning.Pruning;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.slimming.Slimming;
import kerf.training.Checkpoint;
import kerf.training.Recalibration;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No verb makes a network of other values or another mask of a quantized one. */
class GridStaysTest {
  private static final Dataset DIGITS = Datasets.digits();
  private static final Training TRAINING = Training.defaults().until(Step.iterations(2));
  private static final Network FLOAT = Mlp.of(64, 12, 10).initialize(1);

  private static Stream<Quantization> plans() {
    Quantization weights = Quantization.plan().weightOnly();
    return Stream.of(
        Quantization.plan().calibrateOn(DIGITS.train().first(64)),
        Quantization.plan().dynamic(),
        weights.bits(4),
        weights.weights(FloatFormat.FP16),
        weights.weights(new PaletteFormat(2)),
        weights.weights(IntegerFormat.signed(4).symmetric().perGroup(8)));
  }

  private static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      values.put(spec.name(), network.values(spec.name()));
    }
    return values;
  }

  /** What makes a network of another; a verb that does it otherwise ends in one of these. */
  private static Map<String, Runnable> verbs(Network network) {
    Mask mask = network.mask();
    Map<String, Runnable> verbs = new LinkedHashMap<>();
    verbs.put("train", () -> TRAINING.train(network, DIGITS));
    verbs.put("resume", () -> TRAINING.resume(Checkpoint.start(network), DIGITS));
    verbs.put("train anew", () -> network.architecture().train(DIGITS, TRAINING));
    verbs.put("rewind", () -> Checkpoint.start(network).masked(mask));
    verbs.put("prune", () -> Pruning.plan().sparsity(0.5).prune(network));
    verbs.put(
        "operate",
        () -> OptimalBrainSurgeon.plan().data(DIGITS.train().first(8)).count(1).prune(network));
    verbs.put("masked", () -> network.masked(mask));
    verbs.put("unmasked", network::unmasked);
    verbs.put("revalued", () -> network.revalued(values(network)));
    verbs.put("reinitialize", () -> network.reinitialize(3));
    verbs.put("initialize", () -> network.architecture().initialize(3));
    verbs.put("new", () -> new Network(network.architecture(), values(network)));
    verbs.put("recalibrate", () -> Recalibration.recalibrated(network, DIGITS.train().first(8)));
    verbs.put("slim", () -> Slimming.plan().slim(network));
    verbs.put("fold", () -> Folding.fold(network));
    verbs.put(
        "graph", () -> new QuantizedGraph(network, Mode.WEIGHT_ONLY, Map.of(), Map.of(), Map.of()));
    return verbs;
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyVerbThatWouldLeaveTheGridRefuses(Quantization plan) {
    Quantized quantized = plan.quantize(FLOAT);
    for (Network network :
        List.of(quantized, quantized.form().simulated(), quantized.form().rounded())) {
      verbs(network)
          .forEach(
              (name, verb) ->
                  assertThatThrownBy(verb::run)
                      .as(name)
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessage(
                          "a network whose values can change is needed, found %s, which is"
                                  .formatted(network.architecture().describe())
                              + " quantized and would leave its grid; change the float network,"
                              + " .original(), and quantize that, or train it with the rounding:"
                              + " qat().train(network, mnist())"));
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theFloatNetworkIsChangedAsBefore(Quantization plan) {
    Network original = plan.quantize(FLOAT).original();

    Network pruned = Pruning.plan().sparsity(0.5).prune(TRAINING.train(original, DIGITS));

    assertThat(plan.quantize(pruned).mask().sparsity()).isEqualTo(0.5);
  }

  @Test
  void formsThatDoNotFitAreRefused() {
    QuantizedGraph form =
        Quantization.plan().calibrateOn(DIGITS.train().first(64)).quantize(FLOAT).form();
    Map<String, WeightForm> forms = form.forms();

    assertThatThrownBy(() -> new QuantizedGraph(form.network(), Mode.DYNAMIC, forms, form.points()))
        .hasMessage(
            "points are for static quantization, found input, sigmoid1 in dynamic quantization"
                .replace("input, sigmoid1", String.join(", ", form.points().keySet())));
    assertThatThrownBy(() -> new QuantizedGraph(form.network(), Mode.DYNAMIC, forms, Map.of()))
        .hasMessage(
            "the inputs of the layers with quantized weights must be on grids (fc1, fc2), found none");
    assertThatThrownBy(
            () ->
                new QuantizedGraph(
                    form.network(),
                    Mode.STATIC,
                    Map.of("fc1.weight", new WeightForm.ShortFloat(FloatFormat.FP16)),
                    form.points()))
        .hasMessage(
            "static quantization multiplies integers, so fc1.weight needs a grid, found fp16; use"
                + " .weightOnly()");
    assertThatThrownBy(
            () ->
                new QuantizedGraph(
                    form.network(),
                    Mode.STATIC,
                    Map.of("fc1.bias", forms.get("fc1.weight")),
                    form.points()))
        .hasMessage("forms are for weights of layers, found one for fc1.bias");
    assertThatThrownBy(
            () ->
                new QuantizedGraph(
                    form.network(),
                    Mode.STATIC,
                    Map.of("fc1.weight", forms.get("fc2.weight")),
                    form.points()))
        .hasMessageContaining("needs 12 scales for shape 12×64, found 10");
    assertThatThrownBy(
            () ->
                Quantized.of(
                    FLOAT, new QuantizedGraph(form.network(), Mode.STATIC, forms, Map.of())))
        .hasMessageStartingWith("the points of the quantized layers must be on grids (");
  }

  @Test
  void aNetworkKeepsNothingThatIsNotOfItsGrid() {
    Quantized int4 =
        Quantization.plan().weightOnly().bits(4).quantize(new Lenet300100().initialize(2));
    float[] row = Arrays.copyOf(int4.weights("fc1"), 784);

    long different = Stream.of(row).flatMap(r -> floats(r)).distinct().count();

    assertThat(different).isLessThanOrEqualTo(15);
  }

  private static Stream<Float> floats(float... values) {
    return java.util.stream.IntStream.range(0, values.length).mapToObj(i -> values[i]);
  }
}
