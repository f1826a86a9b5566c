package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Factors on the optimizer's rate in a training of 40 iterations, 10 an epoch. */
class LearningRateTest {

  private static double at(LearningRate course, long iteration) {
    return course.factor(iteration, 40, 10);
  }

  @Test
  void constant() {
    LearningRate course = new LearningRate.Constant();
    assertThat(at(course, 0)).isEqualTo(1);
    assertThat(at(course, 39)).isEqualTo(1);
    assertThat(course).hasToString("constant");
  }

  @Test
  void dropsFromItsStepsOn() {
    LearningRate course = new LearningRate.Drop(0.5, List.of(Step.epochs(2), Step.iterations(30)));
    assertThat(at(course, 19)).isEqualTo(1);
    assertThat(at(course, 20)).isEqualTo(0.5);
    assertThat(at(course, 29)).isEqualTo(0.5);
    assertThat(at(course, 30)).isEqualTo(0.25);
  }

  @Test
  void exponentialByEpoch() {
    LearningRate course = new LearningRate.Exponential(0.5);
    assertThat(at(course, 9)).isEqualTo(1);
    assertThat(at(course, 10)).isEqualTo(0.5);
    assertThat(at(course, 39)).isEqualTo(0.125);
  }

  @Test
  void cosineFallsToZero() {
    LearningRate course = new LearningRate.Cosine();
    assertThat(at(course, 0)).isEqualTo(1);
    assertThat(at(course, 20)).isCloseTo(0.5, within(1e-15));
    assertThat(at(course, 40)).isCloseTo(0, within(1e-15));
    assertThat(course).hasToString("cosine");
  }

  @Test
  void warmupRisesThenFollows() {
    LearningRate course =
        new LearningRate.Warmup(Step.iterations(4), new LearningRate.Exponential(0.5));
    assertThat(at(course, 0)).isEqualTo(0.25);
    assertThat(at(course, 2)).isEqualTo(0.75);
    assertThat(at(course, 3)).isEqualTo(1);
    assertThat(at(course, 9)).isEqualTo(1);
    assertThat(at(course, 10)).isEqualTo(0.5);
  }

  @Test
  void warmupOfNoLengthIsNone() {
    LearningRate none = new LearningRate.Warmup(Step.epochs(0), new LearningRate.Constant());
    assertThat(at(none, 0)).isEqualTo(1);
  }
}
