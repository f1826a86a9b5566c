package kerf.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossCurvatureTest {
  @Test
  void factorsMultiplyToTheMatrix() {
    double[][] columns = LossCurvature.cholesky(new double[][] {{4, 2}, {2, 5}});

    assertThat(columns).hasDimensions(2, 2);
    assertThat(columns[0]).containsExactly(2, 1);
    assertThat(columns[1]).containsExactly(0, 2);
  }

  /** Softmax of equal logits: its outputs can all rise together at no loss. */
  @Test
  void aDirectionThatDoesNotBendHasNoFactor() {
    double[][] columns = LossCurvature.cholesky(new double[][] {{.25, -.25}, {-.25, .25}});

    assertThat(columns).hasDimensions(1, 2);
    assertThat(columns[0]).containsExactly(new double[] {.5, -.5}, within(1e-15));
  }
}
