package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final byte[] PIXELS = {99, 0, 3, (byte) 255, 4, 99};

  @Test
  void unitRangeDividesByTheMaximum() {
    assertThat(normalized(Normalization.unitRange(), 1, 3, 255)).containsExactly(0f, 3f / 255, 1f);
    assertThat(normalized(Normalization.unitRange(), 2, 1, 16)).containsExactly(0.1875f);
  }

  @Test
  void standardizedTakesOffTheMeanAndDividesByTheDeviation() {
    assertThat(normalized(Normalization.standardized(0.5, 0.25), 1, 3, 255))
        .containsExactly(-2f, (3f / 255 - 0.5f) / 0.25f, 2f);
  }

  /** numpy 2: (float32(x) / 255 - float32(.1307)) / float32(.3081), and x / norm(x). */
  @Test
  void firstImageOfMnistIsAsNumpyHasIt() {
    Dataset mnist = Datasets.mnist().validation(0, 0);
    assertThat(pixels(mnist)).containsExactly(0.011764706f, 0.49411765f, 0f);
    assertThat(pixels(mnist.normalization(Normalization.standardized(0.1307, 0.3081))))
        .containsExactly(-0.38602826f, 1.1795444f, -0.42421296f);
    assertThat(pixels(mnist.normalization(Normalization.unitLength())))
        .containsExactly(0.0012309144f, 0.051698405f, 0f);
  }

  @Test
  void unitLengthDividesByTheLengthAndLeavesBlackAlone() {
    byte[] image = {3, 0, 4, 0, 0, 0};
    float[] target = new float[3];
    Normalization.unitLength().normalize(image, 0, 255, target);
    assertThat(target).containsExactly(0.6f, 0f, 0.8f);
    Normalization.unitLength().normalize(image, 3, 255, target);
    assertThat(target).containsExactly(0f, 0f, 0f);
  }

  @Test
  void eachStatesItself() {
    assertThat(Normalization.unitRange()).hasToString("unitRange");
    assertThat(Normalization.unitLength()).hasToString("unitLength");
    assertThat(Normalization.standardized(0.1307, 0.3081))
        .hasToString("standardized(0.1307, 0.3081)");
  }

  @Test
  void wrongNumbersAreNamed() {
    assertThatThrownBy(() -> Normalization.standardized(Double.NaN, 1))
        .hasMessage("mean must be finite, found NaN");
    assertThatThrownBy(() -> Normalization.standardized(0, 0))
        .hasMessage("standard deviation must be finite and above 0, found 0.0");
  }

  private static float[] normalized(Normalization normalization, int from, int n, int maximum) {
    float[] image = new float[n];
    normalization.normalize(PIXELS, from, maximum, image);
    return image;
  }

  private static float[] pixels(Dataset dataset) {
    float[] image = dataset.train().first(1).inputs();
    return new float[] {image[152], image[156], image[0]};
  }
}
