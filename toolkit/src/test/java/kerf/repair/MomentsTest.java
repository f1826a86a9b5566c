package kerf.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void theMeanOfThePositivePartOfANormalChannel() {
    double[] means = {0, 1, -1, 3, -2, 100};
    double[] deviations = {1, 1, 2, 0, 0, 1};

    double[] rectified = new Moments(means, deviations).rectifiedMeans();

    // scipy.stats: norm.pdf(0), norm.pdf(1) + norm.cdf(1), 2 norm.pdf(.5) - norm.cdf(-.5)
    assertThat(rectified)
        .containsExactly(
            new double[] {0.3989422804, 1.0833154706, 0.3955931148, 3, 0, 100}, within(1e-9));
  }

  @Test
  void dividedAndLess() {
    Moments moments = new Moments(new double[] {4, 6}, new double[] {2, 3});

    Moments divided = moments.divided(new double[] {2, 3});

    assertThat(divided.means()).containsExactly(2, 2);
    assertThat(divided.deviations()).containsExactly(1, 1);
    assertThat(moments.less(new double[] {1, 0}).means()).containsExactly(3, 6);
  }
}
