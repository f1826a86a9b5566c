package kerf.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import kerf.training.Step;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schedule at the bounds of its time; an epoch is 10 iterations. */
class ScheduleTest {
  private static final long EPOCH = 10;
  private static final Step BEGIN = Step.epochs(2);
  private static final Step END = Step.epochs(5);

  /** A schedule, and what it wants before its begin (20), at it, at its end (50) and after it. */
  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(Schedule.oneShot(.9).at(END), 0, 0, .9, .9),
        Arguments.of(Schedule.constant(.9).from(BEGIN).until(END), 0, .9, .9, .9),
        Arguments.of(Schedule.iterative(.9, 1).from(BEGIN).until(END), 0, 0, .9, .9),
        // Two rounds that leave the same fraction each: 0.4 and 0.16.
        Arguments.of(Schedule.iterative(.84, 2).from(BEGIN).until(END), 0, .6, .84, .84),
        Arguments.of(Schedule.polynomial(.9).from(BEGIN).until(END), 0, 0, .9, .9),
        Arguments.of(Schedule.polynomial(.9, 1).from(BEGIN).until(END), 0, 0, .9, .9),
        Arguments.of(Schedule.polynomial(.9).initial(.3).from(BEGIN).until(END), .3, .3, .9, .9),
        Arguments.of(Schedule.exponential(.9).from(BEGIN).until(END), 0, 0, .9, .9),
        Arguments.of(Schedule.exponential(.9).initial(.3).from(BEGIN).until(END), .3, .3, .9, .9),
        Arguments.of(Schedule.cosine(.9).from(BEGIN).until(END), 0, 0, .9, .9),
        Arguments.of(Schedule.denseSparseDense(.9).from(BEGIN).until(END), 0, .9, 0, 0));
  }

  static Stream<Schedule> schedules() {
    return bounds().map(bound -> (Schedule) bound.get()[0]);
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void boundsAreExact(Schedule schedule, double before, double begin, double end, double after) {
    assertThat(schedule.sparsity(-1, EPOCH)).isEqualTo(before);
    assertThat(schedule.sparsity(0, EPOCH)).isEqualTo(before);
    assertThat(schedule.sparsity(19, EPOCH)).isEqualTo(before);
    assertThat(schedule.sparsity(20, EPOCH)).isEqualTo(begin, within(1e-15));
    assertThat(schedule.sparsity(50, EPOCH)).isEqualTo(end);
    assertThat(schedule.sparsity(51, EPOCH)).isEqualTo(after);
    assertThat(schedule.sparsity(Long.MAX_VALUE, EPOCH)).isEqualTo(after);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void theLastUpdateIsTheEnd(Schedule schedule) {
    List<Long> updates = schedule.updates(EPOCH);

    assertThat(updates).isSorted().doesNotHaveDuplicates().allMatch(at -> at >= 20).endsWith(50L);
    for (long iteration = -1; iteration < 60; iteration++) {
      assertThat(schedule.updatesAt(iteration, EPOCH))
          .as("%d", iteration)
          .isEqualTo(updates.contains(iteration));
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void sparsityOnlyGrowsUnlessWeightsAreGivenBack(Schedule schedule) {
    for (long iteration = 0; iteration < 60; iteration++) {
      if (!(schedule.updatesAt(iteration, EPOCH) && schedule.revives(iteration, EPOCH))) {
        assertThat(schedule.sparsity(iteration, EPOCH))
            .isBetween(iteration == 0 ? 0 : schedule.sparsity(iteration - 1, EPOCH), .9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void aScheduleThatBeginsWhereItEndsIsOneShot(Schedule schedule) {
    Schedule sudden = suddenly(schedule);

    assertThat(sudden.updates(EPOCH)).endsWith(50L);
    assertThat(sudden.sparsity(50, EPOCH)).isEqualTo(schedule.sparsity(50, EPOCH));
  }

  private static Schedule suddenly(Schedule schedule) {
    if (schedule instanceof Ramp ramp) {
      return ramp.from(END);
    }
    if (schedule instanceof Iterative rounds) {
      return rounds.from(END);
    }
    if (schedule instanceof Constant constant) {
      return constant.from(END);
    }
    return schedule instanceof DenseSparseDense dense ? dense.from(END) : schedule;
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void isAValueThatPrintsItself(Schedule schedule) {
    assertThat(schedules()).contains(schedule);
    assertThat(schedules().map(Schedule::toString)).doesNotHaveDuplicates();
  }

  @Test
  void halfWayThePolynomialHasDoneSevenEighthsAndTheCosineHalf() {
    assertThat(Schedule.polynomial(.8).from(BEGIN).until(Step.epochs(4)).sparsity(30, EPOCH))
        .isEqualTo(.7, within(1e-12));
    assertThat(Schedule.cosine(.8).from(BEGIN).until(Step.epochs(4)).sparsity(30, EPOCH))
        .isEqualTo(.4, within(1e-12));
  }

  @Test
  void halfWayTheExponentialHasTheRootOfTheDensity() {
    Ramp ramp = Schedule.exponential(.99).from(BEGIN).until(Step.epochs(4));

    assertThat(ramp.sparsity(30, EPOCH)).isEqualTo(.9, within(1e-12));
  }

  @Test
  void updatesGoByTheirDistanceAndTheEndIsOneInAnyCase() {
    Ramp ramp =
        Schedule.polynomial(.9)
            .from(Step.iterations(3))
            .until(Step.epochs(1))
            .every(Step.iterations(4));

    assertThat(ramp.updates(EPOCH)).containsExactly(3L, 7L, 10L);
    assertThat(ramp.updates(11)).containsExactly(3L, 7L, 11L);
    assertThat(ramp.every(Step.epochs(.01)).updates(EPOCH)).hasSize(8);
  }

  @Test
  void roundsAreSpreadEvenly() {
    assertThat(Schedule.iterative(.9, 4).from(BEGIN).until(END).updates(EPOCH))
        .containsExactly(20L, 30L, 40L, 50L);
  }

  @Test
  void onlyDenseSparseDenseGivesWeightsBack() {
    Schedule dense = Schedule.denseSparseDense(.5).from(BEGIN).until(END);

    assertThat(dense.revives(20, EPOCH)).isFalse();
    assertThat(dense.revives(50, EPOCH)).isTrue();
    assertThat(Schedule.oneShot(.5).at(END).revives(50, EPOCH)).isFalse();
  }

  @Test
  void printsAsItIsWritten() {
    assertThat(
            Schedule.polynomial(.9).initial(.5).until(Step.epochs(3)).every(Step.iterations(100)))
        .hasToString(
            "polynomial(0.9).initial(0.5).from(epochs(0.0)).until(epochs(3.0)).every(iterations(100))");
  }

  @Test
  void chartsOverEpochsOrIterations() {
    Schedule epochs = Schedule.iterative(.9, 3).from(BEGIN).until(END);
    Schedule iterations = Schedule.oneShot(.9).at(Step.iterations(100));

    assertThat(epochs.chart().toString()).startsWith("chart: sparsity (%) by epoch\n  5 points\n");
    assertThat(epochs.chart(EPOCH).toString()).startsWith("chart: sparsity (%) by iteration\n");
    assertThat(iterations.chart().toString()).startsWith("chart: sparsity (%) by iteration\n");
    assertThat(epochs.chart().png()).isNotEmpty();
  }

  @Test
  void refusesAChartThatDependsOnTheLengthOfAnEpoch() {
    Schedule mixed = Schedule.cosine(.9).every(Step.iterations(100));

    assertThatThrownBy(mixed::chart)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the chart of cosine(0.9).from(epochs(0.0)).until(epochs(4.0)).every(iterations(100))"
                + " needs the length of an epoch, found epochs and iterations; write"
                + " chart(training.perEpoch(data))");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        refused(
            "sparsity must be a fraction in [0, 1), found 80.0; for 80.0% write 0.8",
            () -> Schedule.polynomial(80)),
        refused(
            "sparsity must be a fraction in [0, 1), found 1.0; 1 would leave nothing",
            () -> Schedule.oneShot(1)),
        refused(
            "sparsity must not fall, found initial 0.95 and target 0.9; pruned weights stay pruned",
            () -> Schedule.cosine(.9).initial(.95)),
        refused("power must be above 0 and finite, found 0.0", () -> Schedule.polynomial(.9, 0)),
        refused("rounds must be 1 or more, found 0", () -> Schedule.iterative(.9, 0)),
        refused(
            "a schedule must not end before it begins, found from epochs(5.0) until epochs(4.0), at"
                + " 10 iterations an epoch",
            () -> Schedule.polynomial(.9).from(END).updates(EPOCH)));
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesWhatMakesNoSense(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
