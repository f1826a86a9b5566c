package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatasetTest {
  @Test
  void aTwelfthIsHeldOut() {
    Dataset mnist = Datasets.mnist();
    assertThat(mnist.train().size()).isEqualTo(55_000);
    assertThat(mnist.validation().size()).isEqualTo(5_000);
    assertThat(mnist.test().size()).isEqualTo(10_000);
  }

  /** Literals from a program in Python that follows the comment of RandomStream. */
  @Test
  void seedFixesWhatIsHeldOut() {
    Samples zero = Datasets.mnist().validation();
    assertThat(Arrays.copyOf(zero.positions(), 5)).containsExactly(6, 23, 26, 32, 33);
    assertThat(zero.positions()[4_999]).isEqualTo(59_986);
    assertThat(zero.labelCounts())
        .containsExactly(459, 570, 483, 522, 487, 462, 494, 541, 490, 492);
    Samples seven = Datasets.mnist().validation(5_000, 7).validation();
    assertThat(Arrays.copyOf(seven.positions(), 5)).containsExactly(12, 31, 47, 66, 84);
    assertThat(seven.labelCounts())
        .containsExactly(461, 584, 476, 520, 510, 471, 496, 531, 469, 482);
  }

  @Property(tries = 100)
  void everyTrainingImageIsInExactlyOnePart(
      @ForAll @IntRange(max = 1346) int images, @ForAll long seed) {
    Dataset digits = Datasets.digits().validation(images, seed);
    assertThat(digits.validation().size()).isEqualTo(images);
    int[] both =
        IntStream.concat(
                IntStream.of(digits.train().positions()),
                IntStream.of(digits.validation().positions()))
            .sorted()
            .toArray();
    assertThat(both).containsExactly(IntStream.range(0, 1347).toArray());
  }

  @Test
  void identityIsOneLine() {
    assertThat(Datasets.mnist()).hasToString("mnist(validation=5000, seed=0, unitRange)");
    assertThat(
            Datasets.digits()
                .sample(100, 20, 50, 3)
                .validation(200, 7)
                .normalization(Normalization.standardized(0.3, 0.4)))
        .hasToString(
            "digits(validation=200, seed=7, standardized(0.3, 0.4), sample(100, 20, 50, seed=3))");
  }

  @Test
  void equalRefinementsInAnyOrderAreEqual() {
    Dataset one = Datasets.digits().sample(100, 20, 50, 3).validation(200, 7);
    Dataset other = Datasets.digits().validation(200, 7).sample(100, 20, 50, 3);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(Datasets.digits());
    assertThat(one.train().positions()).containsExactly(other.train().positions());
    assertThat(one.train().inputs()).containsExactly(other.train().inputs());
  }

  @Test
  void refinementLeavesTheOriginalAlone() {
    Dataset digits = Datasets.digits();
    digits.validation(0, 1);
    digits.normalization(Normalization.unitLength());
    digits.sample(10, 10, 10, 1);
    assertThat(digits).hasToString("digits(validation=112, seed=0, unitRange)");
    assertThat(digits.train().size()).isEqualTo(1235);
  }

  @Test
  void sampleIsBalancedInEveryPart() {
    Dataset few = Datasets.mnist().sample(1_000, 200, 500, 1);
    assertThat(few.train().labelCounts()).containsOnly(100);
    assertThat(few.validation().labelCounts()).containsOnly(20);
    assertThat(few.test().labelCounts()).containsOnly(50);
  }

  @Test
  void wrongNumbersAreNamed() {
    Dataset digits = Datasets.digits();
    assertThatThrownBy(() -> digits.validation(1347, 0))
        .hasMessage("validation of digits must hold out 0 to 1346 images, found 1347");
    assertThatThrownBy(() -> digits.validation(-1, 0))
        .hasMessage("validation of digits must hold out 0 to 1346 images, found -1");
    assertThatThrownBy(() -> digits.sample(0, 0, 10, 0))
        .hasMessage("a sample needs at least 1 training and 1 test image, found 0 and 10");
    assertThatThrownBy(() -> digits.sample(1300, 0, 10, 0))
        .hasMessage("digits train has 1235 images to choose from, found a wish for 1300");
  }
}
