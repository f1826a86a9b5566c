package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplesTest {
  /** Ten images of 1 x 2 whose pixels are (i, 10 + i); eight of class 0, then one each of 1, 2. */
  private static final Samples TEN = ten();

  private static Samples ten() {
    byte[] pixels = new byte[20];
    for (int i = 0; i < 10; i++) {
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) (10 + i);
    }
    byte[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 1, 2};
    LabelledImages images = new LabelledImages(1, 1, 2, 20, pixels, labels);
    return new Samples(
        "ten", images, 3, Normalization.unitRange(), IntStream.range(0, 10).toArray());
  }

  @Test
  void inputsAndLabelsStandRowByRow() {
    Samples three = TEN.first(3);
    assertThat(three.size()).isEqualTo(3);
    assertThat(three.inputs()).containsExactly(0, 0.5f, 0.05f, 0.55f, 0.1f, 0.6f);
    assertThat(three.labels()).containsExactly(0, 0, 0);
    assertThat(TEN.labels()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
    assertThat(TEN.labelCounts()).containsExactly(8, 1, 1);
    assertThat(TEN.inputShape()).containsExactly(1, 1, 2);
    assertThat(TEN).hasToString("ten: 10 images of 1 x 2, 3 classes");
  }

  @Test
  void whatIsHandedOutIsACopy() {
    TEN.inputs()[0] = 7;
    TEN.labels()[0] = 7;
    TEN.positions()[0] = 7;
    assertThat(TEN.inputs()[0]).isZero();
    assertThat(TEN.label(0)).isZero();
    assertThat(TEN.positions()[0]).isZero();
  }

  @Test
  void batchesAreCopiedIntoNativeMemory() {
    FloatBuffer target = ByteBuffer.allocateDirect(4 * 5).asFloatBuffer().put(-1);
    TEN.copyInputs(new int[] {9, 0}, target);
    assertThat(target.position()).isEqualTo(5);
    float[] values = new float[5];
    target.flip().get(values);
    assertThat(values).containsExactly(-1, 0.45f, 0.95f, 0, 0.5f);
    assertThatThrownBy(() -> TEN.copyInputs(FloatBuffer.allocate(19)))
        .isInstanceOf(BufferOverflowException.class);
  }

  @Test
  void sampleTakesEveryClassInTurnUntilItRunsOut() {
    assertThat(TEN.sample(3, 1).labelCounts()).containsExactly(1, 1, 1);
    assertThat(TEN.sample(5, 1).labelCounts()).containsExactly(3, 1, 1);
    assertThat(TEN.sample(0, 1).size()).isZero();
    assertThat(TEN.sample(10, 1).positions()).containsExactly(TEN.positions());
  }

  @Property(tries = 300)
  void sampleIsSeededBalancedAndWithoutReplacement(
      @ForAll @IntRange(min = 1, max = 1235) int n, @ForAll long seed) {
    Samples digits = Datasets.digits().train();
    int[] positions = digits.sample(n, seed).positions();
    assertThat(positions).hasSize(n).doesNotHaveDuplicates().isSorted();
    assertThat(positions).containsExactly(digits.sample(n, seed).positions());
    assertThat(digits.positions()).contains(positions);
    int[] counts = digits.sample(Math.min(n, 1000), seed).labelCounts();
    assertThat(
            Arrays.stream(counts).max().orElseThrow() - Arrays.stream(counts).min().orElseThrow())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void picturesShowBrightnessWhateverTheNormalization() {
    Samples digits =
        Datasets.digits().validation(0, 0).normalization(Normalization.unitLength()).train();
    assertThat(digits.image(0)).hasNumberOfRows(8);
    assertThat(digits.image(0)[1])
        .containsExactly(0, 0, 13 / 16f, 15 / 16f, 10 / 16f, 15 / 16f, 5 / 16f, 0);
  }

  @Test
  void thumbnailsStandRowByRow() {
    assertThat(TEN.first(3).thumbnails(2, 2))
        .isDeepEqualTo(new float[][] {{0, 0.5f, 0.05f, 0.55f}, {0.1f, 0.6f, 0, 0}});
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> TEN.first(11))
        .hasMessage("ten has 10 images to choose from, found a wish for 11");
    assertThatThrownBy(() -> TEN.sample(-1, 0))
        .hasMessage("ten has 10 images to choose from, found a wish for -1");
    assertThatThrownBy(() -> TEN.thumbnails(0, 3))
        .hasMessage("thumbnails need at least 1 row and 1 column, found 0 x 3");
  }
}
