package kerf.quantization;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.random;
import static kerf.model.SmallNets.relu;
import static kerf.model.SmallNets.unbiased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Attention;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.observer.Observer;
import kerf.pruning.Pruning;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.Scheme;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;
import kerf.trace.Graph;
import kerf.training.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UntracedTest {
  private static final Network ATTENTION = Attention.classifier();
  private static final Quantization WEIGHTS = Quantization.plan().weightOnly();
  private static final IntegerFormat INT4 = IntegerFormat.signed(4).symmetric();

  @TempDir private Path folder;

  /** conv1, bn1, then every channel times itself transposed, fc1; for digits. */
  private static Network gram() {
    return random(
        chain(unbiased(4), bn(), relu(), new LambdaBlock(UntracedTest::gram), flat(), fc(10)),
        1,
        8,
        8);
  }

  private static NDList gram(NDList channels) {
    NDArray x = channels.singletonOrThrow();
    return new NDList(x.matMul(x.transpose(0, 1, 3, 2)));
  }

  static List<Quantization> plans() {
    return List.of(
        WEIGHTS,
        WEIGHTS.perTensor(),
        WEIGHTS.bits(2).weightObserver(Observer.leastSquares()),
        WEIGHTS.weights(INT4.perGroup(3)),
        WEIGHTS.weights(FloatFormat.FP16),
        WEIGHTS.weights(FloatFormat.BF16),
        WEIGHTS.weights(new PaletteFormat(3)),
        WEIGHTS.keepFloat("fc1"),
        WEIGHTS.keepFloat(LayerKind.CONVOLUTION),
        WEIGHTS.scheme(LayerKind.LINEAR, Scheme.int8().weights(new PaletteFormat(1))));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void weightsAreRoundedAsThoseOfATraceableTwin(Quantization plan) {
    Network traced = random(chain(conv(3, 1), relu(), flat(), fc(4)), 2, 4, 4);
    Network twin =
        random(
            chain(conv(3, 1), relu(), flat(), fc(4), new LambdaBlock(UntracedTest::plusZero)),
            2,
            4,
            4);
    assertThat(Graph.ifTraceable(twin)).isEmpty();

    Quantized expected = plan.quantize(traced);
    Quantized found = plan.quantize(twin);

    assertThat(found.form().forms()).isEqualTo(expected.form().forms()).isNotEmpty();
    assertThat(found.table().toString().lines().skip(1))
        .isEqualTo(expected.table().toString().lines().skip(1).toList());
    assertThat(found.bytes()).isEqualTo(expected.bytes());
    assertThat(found.form().floatLayers()).isEqualTo(expected.form().floatLayers());
    assertThat(Nets.outputs(found, 3)).containsExactly(Nets.outputs(expected, 3));
  }

  private static NDList plusZero(NDList x) {
    return new NDList(x.head().add(0f));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void answersAsTheBlockWithRoundedWeights(Quantization plan) {
    Network sparse = Pruning.plan().sparsity(0.4).prune(ATTENTION);
    Quantized quantized = plan.quantize(sparse);

    Map<String, float[]> rounded = new LinkedHashMap<>();
    for (ParameterSpec spec : sparse.architecture().structure().parameters()) {
      WeightForm form = quantized.form().forms().get(spec.name());
      float[] own = sparse.values(spec.name());
      rounded.put(spec.name(), form == null ? own : form.rounded(own, spec.shape()));
    }
    assertThat(Nets.outputs(quantized, 3))
        .containsExactly(Nets.outputs(sparse.revalued(rounded), 3))
        .isNotEqualTo(Nets.outputs(sparse, 3));
    assertThat(quantized.original()).isSameAs(sparse);
    assertThat(quantized.mask()).isEqualTo(sparse.mask());
  }

  @Test
  void everyWeightOfTwoAxesIsRounded() {
    Quantized quantized = WEIGHTS.quantize(ATTENTION);

    assertThat(quantized.form().forms())
        .containsOnlyKeys(
            "attention1.positions", "fc1.weight", "fc2.weight", "fc3.weight", "fc4.weight");
    assertThat(WEIGHTS.keepFloat(LayerKind.LINEAR).quantize(ATTENTION).form().forms())
        .containsOnlyKeys("attention1.positions");
    assertThatThrownBy(() -> WEIGHTS.keepFloat("fc5").quantize(ATTENTION))
        .hasMessage(
            "no layer 'fc5' with weights in the network; it has attention1, fc1, fc2, fc3, fc4");
  }

  @ParameterizedTest
  @MethodSource("plans")
  void filesComeBackAsTheyWent(Quantization plan) {
    Quantized quantized = plan.quantize(Pruning.plan().sparsity(0.4).prune(ATTENTION));
    for (String name : List.of("untraced.npz", "untraced.safetensors")) {
      Path file = folder.resolve(name);
      quantized.save(file);
      Quantized back = Quantized.load(ATTENTION.architecture(), file);

      assertThat(back.form().forms()).isEqualTo(quantized.form().forms());
      assertThat(back.mask()).isEqualTo(quantized.mask());
      assertThat(Nets.outputs(back, 3)).containsExactly(Nets.outputs(quantized, 3));
      assertThat(Nets.outputs(back.original(), 3))
          .containsExactly(Nets.outputs(quantized.original(), 3));
    }
  }

  @Test
  void gridsOfActivationsAreOfNothingInSuchAFile() {
    Path file = folder.resolve("point.npz");
    WEIGHTS.quantize(ATTENTION).save(file);
    Map<String, Npy> arrays = new LinkedHashMap<>(Npz.read(file));
    arrays.put("quantization:point:fc1", Npy.of(ElementType.UINT8, new long[] {1}, new byte[1]));
    Npz.write(file, arrays);

    assertThatThrownBy(() -> Quantized.load(ATTENTION.architecture(), file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("quantization:point:fc1");
  }

  @Test
  void batchNormalizationStaysAndTheTextSaysSo() {
    Network gram = gram();
    Quantized quantized = WEIGHTS.quantize(gram);
    String note = "; not folded, since the network cannot be traced: bn1";

    assertThat(quantized.toString()).endsWith(note);
    assertThat(WEIGHTS.prepare(gram).toString()).endsWith(note);
    assertThat(quantized.values("bn1.gamma")).containsExactly(gram.values("bn1.gamma"));
    assertThat(WEIGHTS.quantize(ATTENTION).toString()).doesNotContain("folded");
    assertThat(WEIGHTS.quantize(Nets.plain()).toString()).doesNotContain("not folded");
  }

  @Test
  void layersAreScannedOneByOne() {
    Samples samples = Datasets.digits().test().first(60);
    Network gram = gram();
    BitCurves curves = WEIGHTS.sensitivity(gram).bits(8, 2).data(samples).scan();

    assertThat(curves.rows())
        .extracting(BitRow::layer)
        .containsExactly("conv1", "conv1", "fc1", "fc1");
    assertThat(curves.rows()).extracting(BitRow::weights).containsExactly(36L, 36L, 2560L, 2560L);
    Quantized alone = WEIGHTS.bits("fc1", 2).keepFloat("conv1").quantize(gram);
    assertThat(curves.rows().get(3).accuracy())
        .isEqualTo(Evaluator.measure(alone, samples).accuracy());
  }

  @Test
  void whatNeedsAGraphRefusesWithTheTracersSentence() {
    String sentence = catchThrowable(() -> Graph.of(ATTENTION)).getMessage();
    Quantized quantized = WEIGHTS.quantize(ATTENTION);

    assertThat(sentence).startsWith("cannot trace operator 'add', called at Attention.");
    assertThatThrownBy(() -> Quantization.plan().prepare(ATTENTION)).hasMessage(sentence);
    assertThatThrownBy(() -> Quantization.plan().dynamic().quantize(ATTENTION))
        .hasMessage(sentence);
    assertThatThrownBy(() -> new QuantizedGraph(ATTENTION, Mode.STATIC, Map.of(), Map.of()))
        .hasMessage(sentence);
    assertThatThrownBy(() -> quantized.form().graph()).hasMessage(sentence);
    assertThatThrownBy(() -> Graph.of(quantized)).hasMessage(sentence);
    assertThatThrownBy(() -> Folding.fold(ATTENTION)).hasMessage(sentence);
    assertThatThrownBy(() -> WEIGHTS.quantize(quantized))
        .hasMessageContaining("which is quantized and would leave its grid");
  }
}
