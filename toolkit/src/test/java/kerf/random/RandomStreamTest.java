package kerf.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * The literals of this class come from an independent program, written in Python from the class
 * comment of {@link RandomStream} alone; they may never change, since results saved by users depend
 * on them.
 */
class RandomStreamTest {
  @Test
  void generatorGivesTheKnownAnswerOfXoshiro256PlusPlus() {
    byte[] state = ByteBuffer.allocate(32).putLong(1).putLong(2).putLong(3).putLong(4).array();
    assertThat(longs(new RandomStream("known", state), 5))
        .containsExactly(
            41943041L, 58720359L, 3588806011781223L, 3591011842654386L, -9218127359498767411L);
  }

  @Test
  void seedAndPurposeFixTheDraws() {
    assertThat(longs(RandomStream.of(1, "order"), 3))
        .containsExactly(-3579039176990967020L, 5782087355588809942L, 9149367487849122883L);
    assertThat(longs(RandomStream.of(-9, "mask"), 2))
        .containsExactly(1805137495560687675L, -1623840008179285550L);
    assertThat(longs(RandomStream.of(1, "order").split("epoch 7"), 2))
        .containsExactly(1276076986524647763L, -4283489717421831833L);
  }

  @Test
  void seedAndPurposeFixEveryKindOfNumber() {
    assertThat(RandomStream.of(1, "order").permutation(10))
        .containsExactly(4, 9, 6, 0, 7, 1, 5, 3, 2, 8);
    assertThat(RandomStream.of(1, "order").split("epoch 7").permutation(10))
        .containsExactly(9, 3, 8, 7, 5, 4, 2, 1, 6, 0);
    int[] order = RandomStream.of(3, "order").permutation(60_000);
    assertThat(Arrays.copyOf(order, 4)).containsExactly(52204, 21641, 25111, 41073);
    assertThat(order[59_999]).isEqualTo(27112);

    var dice = RandomStream.of(1, "noise");
    assertThat(IntStream.range(0, 12).map(i -> dice.nextInt(6)))
        .containsExactly(0, 0, 1, 3, 3, 1, 4, 1, 3, 3, 3, 5);
    var wide = RandomStream.of(1, "noise");
    assertThat(IntStream.range(0, 4).map(i -> wide.nextInt(1_610_612_737)))
        .as("a bound that rejects a quarter of the draws")
        .containsExactly(70337116, 230571050, 960662419, 956156480);

    var floats = RandomStream.of(1, "dropout");
    assertThat(new float[] {floats.nextFloat(), floats.nextFloat(), floats.nextFloat()})
        .containsExactly(0.660221517086029f, 0.12420272827148438f, 0.864793062210083f);
    var doubles = RandomStream.of(1, "dropout");
    assertThat(new double[] {doubles.nextDouble(), doubles.nextDouble()})
        .containsExactly(0.66022153516903, 0.12420275572110562);
    assertThat(RandomStream.of(1, "dropout").uniforms(2, -1, 1))
        .containsExactly((float) (2 * 0.66022153516903 - 1), (float) (2 * 0.12420275572110562 - 1));

    var normal = RandomStream.of(1, "initialization");
    double[] gaussians = new double[5];
    Arrays.setAll(gaussians, i -> normal.nextGaussian());
    assertThat(gaussians)
        .usingElementComparator((a, b) -> Math.abs(a - b) <= 2e-16 ? 0 : Double.compare(a, b))
        .containsExactly(
            0.023404940511453348,
            -1.6887300727696284,
            0.350613493555135,
            0.16871498880251062,
            -0.8956455203936897);
    assertThat(RandomStream.of(1, "initialization").gaussians(3, 0.1f))
        .containsExactly(
            (float) (0.1f * gaussians[0]),
            (float) (0.1f * gaussians[1]),
            (float) (0.1f * gaussians[2]));
  }

  @Test
  void splittingDependsOnTheNameAndNotOnWhatWasDrawn() {
    var fresh = RandomStream.of(1, "order");
    var used = RandomStream.of(1, "order");
    used.permutation(1000);
    used.nextGaussian();
    assertThat(used.split("epoch 7").nextLong()).isEqualTo(fresh.split("epoch 7").nextLong());
    assertThat(used.split("epoch 7").nextLong()).isNotEqualTo(used.split("epoch 8").nextLong());
    assertThat(fresh.nextLong()).as("splitting draws nothing").isEqualTo(-3579039176990967020L);
    assertThat(used.split("epoch 7")).hasToString("seed 1, order/epoch 7");
  }

  @Test
  void normalNumbersAreEqualInEveryBitOnEveryJava() {
    assertThat(Arrays.hashCode(RandomStream.of(1, "initialization").gaussians(10_000, 1)))
        .isEqualTo(2015731295);
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    float[] values = RandomStream.of(0, "initialization").gaussians(200_000, 2);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (float value : values) {
      mean += value;
      square += Math.pow(value, 2);
      fourth += Math.pow(value, 4);
    }
    assertThat(mean / values.length).isCloseTo(0, within(0.02));
    assertThat(square / values.length).isCloseTo(4, within(0.05));
    assertThat(fourth / values.length).as("3 std^4").isCloseTo(48, within(1.5));
  }

  @Property(tries = 200)
  void permutationHoldsEveryNumberOnce(@ForAll long seed, @ForAll @IntRange(max = 300) int n) {
    int[] order = RandomStream.of(seed, "order").permutation(n);
    Arrays.sort(order);
    assertThat(order).containsExactly(IntStream.range(0, n).toArray());
  }

  @Property(tries = 200)
  void numbersStayInTheirRange(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int bound) {
    var stream = RandomStream.of(seed, "noise");
    assertThat(stream.nextInt(bound)).isBetween(0, bound - 1);
    assertThat(stream.nextFloat()).isGreaterThanOrEqualTo(0).isLessThan(1);
    assertThat(stream.nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
    assertThat(stream.nextGaussian()).isBetween(-8.6, 8.6);
  }

  @Test
  void emptyArraysAndZeroDeviationAreAllowed() {
    var stream = RandomStream.of(1, "noise");
    assertThat(stream.permutation(0)).isEmpty();
    assertThat(stream.gaussians(0, 1)).isEmpty();
    assertThat(stream.gaussians(2, 0)).containsOnly(0f);
    assertThat(stream.uniforms(2, 3, 3)).containsExactly(3f, 3f);
  }

  @Test
  void wrongArgumentsAreNamed() {
    var stream = RandomStream.of(1, "noise");
    assertThatThrownBy(() -> stream.nextInt(0)).hasMessage("bound must be at least 1, found 0");
    assertThatThrownBy(() -> stream.permutation(-1))
        .hasMessage("how many numbers must be at least 0, found -1");
    assertThatThrownBy(() -> stream.gaussians(1, -2f))
        .hasMessage("standard deviation must be finite and at least 0, found -2.0");
    assertThatThrownBy(() -> stream.gaussians(1, Float.NaN))
        .hasMessage("standard deviation must be finite and at least 0, found NaN");
    assertThatThrownBy(() -> stream.uniforms(1, 2, 1))
        .hasMessage("uniform numbers need finite ends with low <= high, found [2.0, 1.0)");
    assertThatThrownBy(() -> RandomStream.of(1, " "))
        .hasMessage(
            "a random stream needs the name of its purpose, found a blank; write \"order\" or the"
                + " like");
  }

  private static LongStream longs(RandomStream stream, int n) {
    return LongStream.range(0, n).map(i -> stream.nextLong());
  }
}
