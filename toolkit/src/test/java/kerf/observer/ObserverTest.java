package kerf.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObserverTest {
  private static final IntegerFormat UINT8 = IntegerFormat.unsigned(8);
  private static final IntegerFormat INT8 = IntegerFormat.signed(8).restricted();

  static Stream<Observer> all() {
    return Stream.of(
        Observer.minMax(),
        Observer.movingAverage(0.01),
        Observer.histogram(),
        Observer.percentile(0.999),
        Observer.sigmas(3),
        Observer.leastSquares(),
        Observer.kl(),
        Observer.aciq(),
        Observer.aciq(Aciq.Distribution.GAUSS));
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneThatSawNothingGivesNoScale(Observer observer) {
    ObserverState state = observer.start(UINT8);
    assertThatThrownBy(state::quantizer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            observer
                + " saw no values, so there is no scale to give; run calibration data past it first:"
                + " calibrateOn(mnist().train().sample(512, 7))");
  }

  @ParameterizedTest
  @MethodSource("all")
  void notANumberIsRefused(Observer observer) {
    ObserverState state = observer.start(UINT8);
    assertThatThrownBy(() -> state.observe(new float[] {1, Float.NaN}, 2))
        .hasMessage(
            observer
                + " needs finite numbers, found a batch from NaN to NaN; look for a training that diverged, and give it a lower rate or clipNorm(1)");
  }

  @ParameterizedTest
  @MethodSource("all")
  void zerosAloneGiveTheLeastScale(Observer observer) {
    ObserverState state = observer.start(UINT8);
    state.observe(new float[8], 8);
    assertThat(state.quantizer().params()).containsExactly(new QuantParams(0x1p-23f, 0));
  }

  @ParameterizedTest
  @MethodSource("all")
  void noneChoosesMoreThanWasSeenButForAWholeBin(Observer observer) {
    float[] values = RandomStream.of(1, "observer").gaussians(20_000, 1);
    float most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    ObserverState state = observer.start(INT8);
    state.observe(values, values.length);
    float reach = 127 * state.quantizer().params().get(0).scale();
    assertThat(reach).isBetween(1f, most * (1 + 2 / 2048f));
  }

  @Test
  void batchesOfMinMaxAreOneRange() {
    ObserverState state = Observer.minMax().start(UINT8);
    state.observe(new float[] {0, 1}, 2);
    state.observe(new float[] {-1, 0}, 2);
    assertThat(state.quantizer().params()).containsExactly(UINT8.params(-1, 1));
  }

  @Test
  void aMovingAverageTakesTheFirstBatchWhole() {
    RunningRange state = (RunningRange) Observer.movingAverage(0.5).start(UINT8);
    state.observe(new float[] {0, 4}, 2);
    assertThat(state.ranges()).containsExactly(new Range(0, 4));
    state.observe(new float[] {-2, 2}, 2);
    assertThat(state.ranges()).containsExactly(new Range(-1, 3));
  }

  @Test
  void channelsAreObservedEach() {
    RunningRange state = (RunningRange) Observer.minMax().start(INT8.perChannel());
    state.observe(new float[] {1, 2, -3, 0}, 2, 2);
    assertThat(state.ranges()).containsExactly(new Range(1, 2), new Range(-3, 0));
    assertThatThrownBy(() -> state.observe(new float[3], 3, 1))
        .hasMessage(
            "minMax() saw 2 channels before, found 3; observe one tensor with one observer");
  }

  @Test
  void aPercentileCutsBothTailsOrTheOnlyOne() {
    float[] positive = new float[1000];
    float[] both = new float[1000];
    for (int i = 0; i < 1000; i++) {
      positive[i] = i + 1;
      both[i] = i - 499.5f;
    }
    Range one = range(Observer.percentile(0.9), UINT8, positive);
    assertThat(one.low()).isEqualTo(1);
    assertThat(one.high()).isCloseTo(900, within(1f));
    Range two = range(Observer.percentile(0.9), UINT8, both);
    assertThat(two.low()).isCloseTo(-450, within(1f));
    assertThat(two.high()).isCloseTo(450, within(1f));
    Range magnitudes = range(Observer.percentile(0.9), INT8, both);
    assertThat(magnitudes.high()).isCloseTo(450, within(1f));
  }

  @Test
  void sigmasAreAroundTheMean() {
    // Mean 1, standard deviation 1.
    assertThat(range(Observer.sigmas(0.5), UINT8, 0, 0, 2, 2)).isEqualTo(new Range(0.5f, 1.5f));
  }

  @Test
  void leastSquaresIsNotWorseThanTheWholeRange() {
    float[] values = RandomStream.of(2, "observer").gaussians(50_000, 1);
    IntegerFormat int4 = IntegerFormat.signed(4).restricted();
    ObserverState whole = Observer.minMax().start(int4);
    ObserverState chosen = Observer.leastSquares().start(int4);
    whole.observe(values, values.length);
    chosen.observe(values, values.length);
    double before = whole.quantizer().quantize(values, values.length).sqnr();
    double after = chosen.quantizer().quantize(values, values.length).sqnr();
    assertThat(after).isGreaterThan(before + 2);
    double best = 0;
    for (int i = 100; i <= 500; i++) {
      QuantParams scale = new QuantParams(i / 1000f, 0);
      best = Math.max(best, int4.quantizer(scale).quantize(values, values.length).sqnr());
    }
    assertThat(after).isCloseTo(best, within(0.05));
  }

  @Test
  void aciqClipsWhereItsPaperSays() {
    double[] laplace = {2.83, 3.89, 5.03, 6.20, 7.41, 8.64, 9.89};
    double[] gauss = {1.71, 2.15, 2.55, 2.93, 3.28, 3.61, 3.92};
    for (int bits = 2; bits <= 8; bits++) {
      assertThat(Aciq.Distribution.LAPLACE.clipping(bits))
          .isCloseTo(laplace[bits - 2], within(0.011));
      assertThat(Aciq.Distribution.GAUSS.clipping(bits)).isCloseTo(gauss[bits - 2], within(0.011));
    }
  }

  @Test
  void klIsZeroWhereNothingIsMerged() {
    assertThat(new Divergence(4).candidates(3, 1, 2, 2))
        .containsExactly(new Divergence.Candidate(4, 0));
  }

  @Test
  void klTakesTheShareOfEachLevelByItsFilledBins() {
    // Two levels of two bins: {3, 1} becomes {2, 2}, {4, 0} stays. P = Q elsewhere.
    double expected = 3 / 8.0 * Math.log(3 / 2.0) + 1 / 8.0 * Math.log(1 / 2.0);
    assertThat(new Divergence(2).candidates(3, 1, 4, 0))
        .filteredOn(candidate -> candidate.bins() == 4)
        .singleElement()
        .satisfies(
            candidate -> assertThat(candidate.divergence()).isCloseTo(expected, within(1e-12)));
  }

  @Test
  void klDoesNotMindTheZerosBehindARelu() {
    float[] numbers = new float[20_000];
    for (int i = 0; i < 10_000; i++) {
      numbers[i] = (float) -Math.log((i + 0.5) / 10_000);
    }
    double own = klThreshold(Observer.kl(), numbers);
    double withoutZeros = klThreshold(Observer.kl(), Arrays.copyOf(numbers, 10_000));
    assertThat(own).isCloseTo(withoutZeros, within(0.05 * own)).isGreaterThan(5);
    assertThat(klThreshold(Observer.kl(Divergence.Zeros.COUNTED), numbers)).isLessThan(own / 2);
  }

  private static double klThreshold(Observer observer, float... numbers) {
    ObserverState state = observer.start(IntegerFormat.unsigned(8));
    state.observe(numbers, numbers.length);
    return 255.0 * state.quantizer().params().get(0).scale();
  }

  @Test
  void klHasAsManyLevelsAsTheGridHasForMagnitudes() {
    ObserverState state = new FromHistogram(new Percentile(1)).start(IntegerFormat.unsigned(8));
    state.observe(new float[] {0, 1, 2}, 3);
    Seen positive = ((FromHistogram.State) state).seen()[0];
    Divergence kl = new Divergence(128);
    assertThat(kl.fitting(positive, IntegerFormat.unsigned(8)).levels()).isEqualTo(256);
    assertThat(kl.fitting(positive, IntegerFormat.signed(8)).levels()).isEqualTo(128);
    assertThat(kl.fitting(positive, IntegerFormat.unsigned(4)).levels()).isEqualTo(16);
    assertThat(kl.fitting(positive, IntegerFormat.signed(2)).levels()).isEqualTo(2);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> Observer.percentile(99.9))
        .hasMessage("percentile needs a share in (0, 1], found 99.9; for 99.9% write 0.999");
    assertThatThrownBy(() -> Observer.sigmas(0))
        .hasMessage("sigmas needs a number of standard deviations above 0, found 0.0");
    assertThatThrownBy(() -> Observer.movingAverage(0))
        .hasMessage("the averaging constant must be in (0, 1], found 0.0; PyTorch's is 0.01");
    assertThatThrownBy(() -> Observer.histogram().start(INT8.perChannel()))
        .hasMessage(
            "histogram() observes one range a tensor, found int8 [-127, 127] symmetric per channel; call perTensor(), or use minMax()");
  }

  private static Range range(Observer observer, IntegerFormat format, float... values) {
    FromHistogram.State state = (FromHistogram.State) observer.start(format);
    state.observe(values, values.length);
    return state.ranges()[0];
  }
}
