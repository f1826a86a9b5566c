package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.random.RandomStream;
import kerf.scheme.FusedRange;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectorized steps against the engine's own operator and against pure Java, bit for bit. */
class RoundingScriptTest {
  private static final long[] SHAPE = {6, 2, 5, 5};
  private static final int SIZE = 300;
  private static final double AVERAGE = 0.25;

  private static final Script GRADIENT =
      Script.compile(
          """
          def gradient(self: __torch__.Kerf, y: Tensor, x: Tensor, by: Tensor) -> Tensor:
            _0 = torch.autograd.grad([y], [x], annotate(List[Optional[Tensor]], [by]))
            return torch._unwrap_optional(_0[0])
          """);

  /** {@code torch.ao.quantization.FusedMovingAvgObsFakeQuantize}. */
  private static RecordedFunction fused(IntegerFormat format, boolean channels) {
    return RecordedFunction.compile(
        """
        def forward(self: __torch__.Kerf, x: Tensor, low: Tensor, high: Tensor) -> Tensor:
          on = torch.ones([1], dtype=4)
          return torch.fused_moving_avg_obs_fake_quant(x, on, on, low, high, torch.ones_like(low), torch.zeros_like(low, dtype=3), %s, %d, %d, %d, %s, %s)
        """
            .formatted(
                AVERAGE,
                format.min(),
                format.max(),
                channels ? 0 : -1,
                channels ? "True" : "False",
                format.mapping() == kerf.scheme.Mapping.SYMMETRIC ? "True" : "False"));
  }

  private static float[] numbers(int batch, float shift) {
    float[] numbers = RandomStream.of(batch, "rounding").gaussians(SIZE, 1f + batch);
    for (int i = 0; i < SIZE; i++) {
      numbers[i] += shift;
    }
    return numbers;
  }

  /** Value and gradient of a recorded function. */
  private record Pass(float[] value, float[] gradient) {
    static Pass of(Scope scope, NDArray x, Supplier<NDArray> function) {
      x.setRequiresGradient(true);
      NDArray y = Scope.recording(function);
      NDArray by = scope.tensor(RandomStream.of(9, "by").gaussians(SIZE, 1), SHAPE);
      try (Value out = Value.of(y);
          Value in = Value.of(x);
          Value slope = Value.of(by);
          Value gradient = GRADIENT.call("gradient", out, in, slope)) {
        return new Pass(Scope.floats(y), Scope.floats(gradient.array(x)));
      }
    }
  }

  private static void assertSame(Pass found, Pass expected) {
    assertThat(unsigned(found.value())).containsExactly(unsigned(expected.value()));
    assertThat(unsigned(found.gradient())).containsExactly(unsigned(expected.gradient()));
  }

  /** Without the sign of 0, in which the engine's operators differ among themselves. */
  private static float[] unsigned(float... values) {
    float[] unsigned = values.clone();
    for (int i = 0; i < unsigned.length; i++) {
      unsigned[i] += 0f;
    }
    return unsigned;
  }

  static List<IntegerFormat> activations() {
    return List.of(
        IntegerFormat.unsigned(8),
        IntegerFormat.unsigned(8).reduceRange(),
        IntegerFormat.unsigned(3),
        IntegerFormat.signed(8).symmetric(),
        IntegerFormat.signed(4),
        IntegerFormat.unsigned(16));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsAreThoseOfTheEnginesOperatorBatchAfterBatch(IntegerFormat format) {
    RecordedFunction theirs = fused(format, false);
    try (Scope scope = Scope.open()) {
      NDArray range = scope.zeros(2, 1);
      NDArray switches = scope.zeros(3);
      NDArray low = scope.tensor(new float[] {Float.POSITIVE_INFINITY}, 1);
      NDArray high = scope.tensor(new float[] {Float.NEGATIVE_INFINITY}, 1);
      for (int batch = 3; batch >= 0; batch--) {
        float[] numbers = numbers(batch, batch - 1);
        NDArray x = scope.tensor(numbers, SHAPE);
        Pass found =
            Pass.of(
                scope,
                x,
                () -> RoundingScript.activations(format, AVERAGE, true).apply(x, range, switches));
        NDArray other = scope.tensor(numbers, SHAPE);
        assertSame(found, Pass.of(scope, other, () -> theirs.apply(other, low, high)));
        assertThat(Scope.floats(range))
            .containsExactly(Scope.floats(low)[0], Scope.floats(high)[0]);
        assertThat(
                Scope.floats(
                    RoundingScript.activations(format, AVERAGE, false).apply(x, range, switches)))
            .as("in inference the same, and nothing moves")
            .containsExactly(found.value());
        assertThat(Scope.floats(range))
            .containsExactly(Scope.floats(low)[0], Scope.floats(high)[0]);
      }
    }
  }

  @Test
  void layoutsOfMemoryMakeNoDifference() {
    try (Scope scope = Scope.open()) {
      NDArray x = scope.tensor(numbers(1, 0), SHAPE);
      NDArray switches = scope.zeros(3);
      RecordedFunction function = RoundingScript.activations(IntegerFormat.unsigned(4), 0.5, true);
      NDArray turned = x.transpose(0, 2, 3, 1);
      NDArray found = function.apply(turned, scope.zeros(2, 1), switches);
      NDArray expected = function.apply(x, scope.zeros(2, 1), switches).transpose(0, 2, 3, 1);

      assertThat(Scope.floats(found)).containsExactly(Scope.floats(expected));
    }
  }

  @Test
  void whatIsNoNumberPassesAndMovesNoRange() {
    RecordedFunction function = RoundingScript.activations(IntegerFormat.unsigned(3), 0.5, true);
    try (Scope scope = Scope.open()) {
      NDArray range = scope.zeros(2, 1);
      NDArray switches = scope.zeros(3);
      for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        NDArray x = scope.tensor(new float[] {-1, odd, 0.3f, 4}, 4);
        assertThat(Scope.floats(function.apply(x, range, switches)))
            .containsExactly(-1, odd, 0.3f, 4);
        assertThat(Scope.floats(range)).containsExactly(0, 0);
      }
    }
  }

  @Test
  void switchesHoldRangesAndDelayRounding() {
    RecordedFunction function = RoundingScript.activations(IntegerFormat.unsigned(8), 0.5, true);
    try (Scope scope = Scope.open()) {
      NDArray range = scope.zeros(2, 1);
      NDArray x = scope.tensor(new float[] {-1, 0, 0.3f, 4}, 4);
      NDArray delayed = scope.tensor(new float[] {0, 1, 0}, 3);
      NDArray frozen = scope.tensor(new float[] {1, 0, 0}, 3);

      assertThat(Scope.floats(function.apply(x, range, frozen)))
          .as("nothing seen: as it is")
          .containsExactly(-1, 0, 0.3f, 4);
      assertThat(Scope.floats(function.apply(x, range, delayed))).containsExactly(-1, 0, 0.3f, 4);
      assertThat(Scope.floats(range)).containsExactly(-1, 4);
      NDArray wider = scope.tensor(new float[] {-10, 0, 0.3f, 40}, 4);
      // steps of 5 / 255, zero at 51: -1 and 4 are the ends
      assertThat(Scope.floats(function.apply(wider, range, frozen)))
          .containsExactly(-51 * (5 / 255f), 0, 15 * (5 / 255f), 204 * (5 / 255f));
      assertThat(Scope.floats(range)).containsExactly(-1, 4);
    }
  }

  static List<IntegerFormat> weights() {
    return List.of(
        IntegerFormat.signed(8).restricted(),
        IntegerFormat.signed(8).restricted().perChannel(),
        IntegerFormat.signed(3).restricted().perChannel(),
        IntegerFormat.signed(8).symmetric().perChannel(),
        IntegerFormat.signed(4).perChannel(),
        IntegerFormat.unsigned(2),
        IntegerFormat.signed(16).restricted());
  }

  @ParameterizedTest
  @MethodSource("weights")
  void weightsAreThoseOfPureJavaByTheirRangeOfTheMoment(IntegerFormat format) {
    float[] numbers = numbers(0, 0.1f);
    ObserverState state = Observer.minMax().start(format);
    state.observe(numbers, SHAPE);
    Quantizer quantizer = state.quantizer();
    boolean[] inside = quantizer.inRange(numbers, SHAPE);
    float[] by = RandomStream.of(9, "by").gaussians(SIZE, 1);
    for (int i = 0; i < SIZE; i++) {
      by[i] = inside[i] ? by[i] : 0;
    }
    try (Scope scope = Scope.open()) {
      NDArray w = scope.tensor(numbers, SHAPE);
      RecordedFunction function =
          RoundingScript.weights(
              format, new Shape(SHAPE), new WeightRange.Current(), Optional.empty(), true);

      assertSame(
          Pass.of(scope, w, () -> function.apply(w)), new Pass(quantizer.fake(numbers, SHAPE), by));
      assertThat(Scope.floats(w)).as("left as they are").containsExactly(numbers);
    }
  }

  @Test
  void weightsByARunningRangeAreThoseOfTheEnginesOperator() {
    IntegerFormat format = IntegerFormat.signed(8).symmetric().perChannel();
    RecordedFunction theirs = fused(format, true);
    WeightRange moving = new WeightRange.Moving("range", AVERAGE);
    RecordedFunction training =
        RoundingScript.weights(format, new Shape(SHAPE), moving, Optional.empty(), true);
    RecordedFunction inference =
        RoundingScript.weights(format, new Shape(SHAPE), moving, Optional.empty(), false);
    float[] low = new float[6];
    float[] high = new float[6];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    try (Scope scope = Scope.open()) {
      NDArray range = scope.zeros(2, 6);
      NDArray switches = scope.zeros(3);
      NDArray theirLow = scope.tensor(low, 6);
      NDArray theirHigh = scope.tensor(high, 6);
      for (int step = 0; step < 3; step++) {
        NDArray w = scope.tensor(numbers(step, step), SHAPE);
        Pass found = Pass.of(scope, w, () -> training.apply(w, range, switches));
        assertSame(found, Pass.of(scope, w, () -> theirs.apply(w, theirLow, theirHigh)));
        assertThat(Scope.floats(inference.apply(w, range, switches)))
            .containsExactly(found.value());
      }
      assertThat(Arrays.copyOf(Scope.floats(range), 6)).containsExactly(Scope.floats(theirLow));
      float[] ends = Scope.floats(range);
      QuantParams first = FusedRange.params(format, ends[0], ends[6]);
      assertThat(first.zeroPoint()).isZero();
    }
  }

  @Test
  void weightsAreRoundedAsBatchNormalizationScalesThem() {
    // factors 2 and -1: rows (1, 0.5) and (-3, 1.3), steps of 3 / 7 = 0.42857; a factor of 0 is 1
    float[] w = {0.5f, 0.25f, 3f, -1.3f, 0, 1};
    try (Scope scope = Scope.open()) {
      RecordedFunction function =
          RoundingScript.weights(
              IntegerFormat.signed(4).restricted(),
              new Shape(3, 2),
              new WeightRange.Current(),
              Optional.of(new Fold("gamma", "variance", 0)),
              true);
      NDArray gamma = scope.tensor(new float[] {4, -1, 0}, 3);
      NDArray variance = scope.tensor(new float[] {4, 1, 1}, 3);

      assertThat(Scope.floats(function.apply(scope.tensor(w, 3, 2), gamma, variance)))
          .containsExactly(
              new float[] {2 * 3 / 14f, 3 / 14f, 3f, -9 / 7f, 0, 6 / 7f},
              org.assertj.core.api.Assertions.within(1e-6f));
    }
  }
}
