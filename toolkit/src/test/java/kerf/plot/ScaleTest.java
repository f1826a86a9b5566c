package kerf.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import kerf.plot.Axis.Direction;
import kerf.plot.Axis.Scaling;
import kerf.plot.Axis.Unit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static List<String> texts(Scale scale, int most) {
    return scale.ticks(most).stream().map(Scale.Tick::text).toList();
  }

  @Test
  void aDecreasingLogarithmicAxisStartsAtTheGreatest() {
    Axis axis = Axis.standard().scaling(Scaling.LOG).direction(Direction.DECREASING).range(0.01, 1);
    Scale scale = Scale.fit(axis, 0.02, 1, 0.05);
    assertThat(scale.place(1)).isZero();
    assertThat(scale.place(0.1)).isEqualTo(0.5, within(1e-12));
    assertThat(scale.place(0.01)).isEqualTo(1, within(1e-12));
  }

  @Test
  void ticksAreRoundAndShareTheirDigits() {
    assertThat(texts(Scale.fit(Axis.standard(), 0, 20_000, 0), 5))
        .containsExactly("0", "5,000", "10,000", "15,000", "20,000");
    assertThat(texts(Scale.fit(Axis.standard(), -0.1, 0.1, 0), 5))
        .containsExactly("−0.10", "−0.05", "0.00", "0.05", "0.10");
    assertThat(texts(Scale.fit(Axis.standard().unit(Unit.PERCENT), 0.94, 0.985, 0), 5))
        .containsExactly("94", "95", "96", "97", "98");
  }

  @Test
  void logarithmicTicksAreRoundInEachDecade() {
    Axis log = Axis.standard().scaling(Scaling.LOG);
    assertThat(texts(Scale.fit(log.unit(Unit.PERCENT), 0.019, 1, 0), 8))
        .containsExactly("2", "5", "10", "20", "50", "100");
    assertThat(texts(Scale.fit(log, 1e-4, 10, 0), 6))
        .containsExactly("0.0001", "0.001", "0.01", "0.1", "1", "10");
  }

  @Test
  void ticksMayBePlacedByHand() {
    Axis axis = Axis.standard().unit(Unit.PERCENT).ticks(List.of(1.0, 0.513, 0.0702, 7.0));
    assertThat(texts(Scale.fit(axis, 0.03, 1, 0), 3)).containsExactly("100", "51.3", "7");
  }

  @Test
  void oneValueStillGetsAnAxis() {
    Scale scale = Scale.fit(Axis.standard(), 3, 3, 0.05);
    assertThat(scale.place(3)).isEqualTo(0.5, within(1e-12));
    assertThat(texts(Scale.named(Axis.standard(), List.of("fc1", "fc2")), 1))
        .containsExactly("fc1", "fc2");
  }

  @Test
  void twoTicksAtMostAreAtLeastOne() {
    assertThat(texts(Scale.fit(Axis.standard(), 1.82, 38.19, 0.05), 2)).containsExactly("20", "40");
  }

  @Test
  void aLogarithmicAxisRefusesZero() {
    Axis log = Axis.standard().scaling(Scaling.LOG);
    assertThatThrownBy(() -> Scale.fit(log, 0, 1, 0))
        .hasMessage("a logarithmic axis shows values above 0 only, found 0.0");
  }

  @Property(tries = 200)
  void ticksLieOnTheAxisAndAreFew(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double low,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double span,
      @ForAll @IntRange(min = 2, max = 12) int most) {
    Scale scale = Scale.fit(Axis.standard(), low, low + span, 0.05);
    List<Scale.Tick> ticks = scale.ticks(most);
    assertThat(ticks).hasSizeBetween(1, most + 1);
    assertThat(ticks).allMatch(t -> scale.place(t.value()) > -1e-6);
    assertThat(ticks).allMatch(t -> scale.place(t.value()) < 1 + 1e-6);
    assertThat(ticks.stream().map(Scale.Tick::text)).doesNotHaveDuplicates();
  }
}
