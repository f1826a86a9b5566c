package kerf.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MultiplierTest {
  @Test
  void aNumberIsAMantissaAndAShift() {
    assertThat(Multiplier.of(0.5)).isEqualTo(new Multiplier(1 << 30, 0));
    assertThat(Multiplier.of(0.25)).isEqualTo(new Multiplier(1 << 30, -1));
    assertThat(Multiplier.of(0.75)).isEqualTo(new Multiplier(3 << 29, 0));
    assertThat(Multiplier.of(3)).isEqualTo(new Multiplier(3 << 29, 2));
    assertThat(Multiplier.of(Math.nextDown(1.0))).isEqualTo(new Multiplier(1 << 30, 1));
  }

  @Test
  void productsAreRoundedToTheNearest() {
    Multiplier quarter = Multiplier.of(0.25);
    assertThat(quarter.times(8)).isEqualTo(2);
    assertThat(quarter.times(9)).isEqualTo(2);
    assertThat(quarter.times(11)).isEqualTo(3);
    assertThat(quarter.times(-11)).isEqualTo(-3);
    assertThat(Multiplier.of(3).times(7)).isEqualTo(21);
  }

  @Test
  void halvesGoUp() {
    Multiplier half = Multiplier.of(0.5);
    assertThat(half.times(5)).isEqualTo(3);
    assertThat(half.times(-5)).isEqualTo(-2);
  }

  @Test
  void theEndsOf32BitsHold() {
    assertThat(Multiplier.of(4).times(1 << 30)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Multiplier.of(4).times(-(1 << 30))).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void whatIsNoMultiplierIsRefused() {
    assertThatThrownBy(() -> Multiplier.of(0))
        .hasMessage(
            "a multiplier needs a number in [2^-32, 2^30), found 0.0; look at the scales of input, weights and output");
  }

  @Property
  void theProductIsRoundedOnce(
      @ForAll @IntRange(min = -(1 << 29), max = 1 << 29) int sum,
      @ForAll @IntRange(min = 1, max = 1_000_000) int millionths) {
    double real = millionths / 1e6;
    Multiplier multiplier = Multiplier.of(real);
    assertThat((double) multiplier.times(sum)).isCloseTo(sum * multiplier.real(), within(0.5));
    assertThat(multiplier.real()).isCloseTo(real, within(real * 0x1p-31));
  }
}
