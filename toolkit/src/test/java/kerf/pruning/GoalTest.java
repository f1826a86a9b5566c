package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
  @ParameterizedTest
  @CsvSource({"0.2, 100, 20", "0.5, 5, 2", "0.5, 7, 4", "0.25, 10, 2", "0.51, 1, 1", "0, 9, 0"})
  void anAmountIsAFractionOfWhatIsLeftRoundedHalfToEven(double fraction, int kept, int more) {
    assertThat(Goal.amount(fraction).more(kept, 1000, "fc1")).isEqualTo(more);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 100, 90",
    "0.9, 40, 30",
    "0.9, 10, 0",
    "0.9, 5, 0",
    "0.125, 100, 12",
    "0, 9, 0"
  })
  void aSparsityIsAFractionOfTheWholeAndNeverGivesBack(double fraction, int kept, int more) {
    assertThat(Goal.sparsity(fraction).more(kept, 100, "fc1")).isEqualTo(more);
  }

  @Test
  void aCountIsExact() {
    assertThat(Goal.count(7).more(7, 10, "fc1")).isEqualTo(7);
    assertThat(Goal.count(0).more(0, 10, "fc1")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80.0   | found 80.0; for 80.0% write 0.8",
        "33.3   | found 33.3; for 33.3% write 0.333",
        "1.5    | found 1.5; for 1.5% write 0.015",
        "1      | found 1.0; 1 would leave nothing",
        "100    | found 100.0",
        "-0.1   | found -0.1",
        "NaN    | found NaN",
        "Infinity | found Infinity"
      })
  void refusesWhatIsNoFractionAndSaysWhatWasMeant(double wrong, String found) {
    assertThatThrownBy(() -> Goal.sparsity(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparsity must be a fraction in [0, 1), " + found);
    assertThatThrownBy(() -> Goal.amount(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("amount must be a fraction in [0, 1), " + found);
  }

  @Test
  void refusesANegativeCount() {
    assertThatThrownBy(() -> Goal.count(-2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be at least 0, found -2");
  }

  @Test
  void refusesToPruneMoreThanIsLeft() {
    Goal goal = Goal.count(13);

    assertThatThrownBy(() -> goal.more(12, 20, "fc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be at most the 12 still kept in fc1, found 13");
  }

  @Test
  void aThresholdIsInStandardDeviationsOfTheWeights() {
    Contest contest = contest(2, 1, 2, Float.NaN, 3, 4);

    assertThat(Goal.threshold(0.5).more(contest)).isZero();
    assertThat(Goal.threshold(1).more(contest)).isEqualTo(1);
    assertThat(Goal.threshold(1.6).more(contest)).isEqualTo(3);
    assertThat(Goal.threshold(9).more(contest)).isEqualTo(4);
  }

  @Test
  void belowTheMeanIsInStandardDeviationsOfTheScores() {
    // Mean 5 and standard deviation 2, as in every textbook.
    Contest contest = contest(0, 2, 4, 4, 4, Float.NaN, 5, 5, 7, 9);

    assertThat(Goal.belowMean(0).more(contest)).isEqualTo(4);
    assertThat(Goal.belowMean(0.5).more(contest)).isEqualTo(1);
    assertThat(Goal.belowMean(1).more(contest)).isEqualTo(1);
    assertThat(Goal.belowMean(1.5).more(contest)).isZero();
    assertThat(Goal.belowMean(0).more(contest(0, 3, 3))).isZero();
  }

  @Test
  void aGoalOfScoresCannotBeToldBeforehand() {
    assertThatThrownBy(() -> Goal.threshold(0.8).more(10, 10, "one-shot pruning"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "one-shot pruning must know beforehand how much is to go,"
                + " found Threshold[deviations=0.8]; use amount or sparsity");
  }

  @Test
  void refusesDeviationsThatAreNone() {
    assertThatThrownBy(() -> Goal.threshold(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold must be above 0 standard deviations, found 0.0");
    assertThatThrownBy(() -> Goal.belowMean(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("belowMean must be 0 or more standard deviations, a finite number, found -1.0");
  }

  private static Contest contest(double weightDeviation, float... scores) {
    return new Contest(List.of(scores), scores.length, 9, () -> weightDeviation, "fc1");
  }
}
