package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimTest {
  @Test
  void aTestedClaimHoldsOrNot() {
    assertThat(Claim.tested("a", "b", "2.00 %", "c", true).holds()).isEqualTo("holds");
    assertThat(Claim.tested("a", "b", "2.00 %", "c", false).holds()).isEqualTo("does not hold");
  }

  @Test
  void nothingIsSaidOfNumbersThatAreNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (boolean holds : new boolean[] {true, false}) {
        assertThat(Claim.tested("a", "b", Claim.points(bad), "c", holds).holds())
            .isEqualTo("undecided: a member diverged");
      }
    }
  }
}
