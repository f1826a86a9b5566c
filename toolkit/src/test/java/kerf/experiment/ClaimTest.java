package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimTest {
  @Test
  void aTestedClaimHoldsOrNot() {
    assertThat(Claim.tested("a", "b", "2.00 %", "c", true, 0.02).holds()).isEqualTo("holds");
    assertThat(Claim.tested("a", "b", "2.00 %", "c", false, 0.02).holds())
        .isEqualTo("does not hold");
  }

  @Test
  void nothingIsSaidOfNumbersThatAreNotFinite() {
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      for (boolean holds : new boolean[] {true, false}) {
        assertThat(Claim.tested("a", "b", Claim.points(bad), "c", holds, bad).holds())
            .isEqualTo("undecided: a member diverged");
        assertThat(Claim.tested("a", "b", "2 of 3", "c", holds, 1, bad).holds())
            .isEqualTo("undecided: a member diverged");
      }
    }
  }

  @Test
  void theWordsOfAMeasurementDecideNothing() {
    assertThat(Claim.tested("a", "b", "0.5, NaN left out", "c", true, 0.5).holds())
        .isEqualTo("holds");
  }
}
