package kerf.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import kerf.random.RandomStream;
import kerf.scheme.PaletteFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaletteTest {
  @Test
  void centroidsStartEvenlyAndMoveToTheirMeans() {
    // Two clusters from 0.1 and 0.9: the first takes 0.1, 0.2, 0.3 and the second 0.8, 0.9.
    Palette palette = Palette.of(new float[] {0.9f, 0.1f, 0.2f, 0.8f, 0.3f}, new PaletteFormat(1));

    assertThat(palette.colors()).containsExactly(0.2f, 0.85f);
    assertThat(palette.indices(new float[] {0.9f, 0.1f, 0.6f})).containsExactly(1, 0, 1);
  }

  @Test
  void anEmptyClusterKeepsItsCentroid() {
    // Centroids start at -1, 0, 1 and 2; nothing is near 0.
    Palette palette = Palette.of(new float[] {-1, 1, 2, 2}, new PaletteFormat(2));

    assertThat(palette.colors()).containsExactly(-1, 0, 1, 2);
  }

  @Test
  void zerosOfAMaskHaveAColorOfTheirOwn() {
    Palette palette = Palette.of(new float[] {0, 5, 0, 7, 0, 8}, new PaletteFormat(1));

    assertThat(palette.colors()).containsExactly(0, 5, 7.5f);
    assertThat(palette.bits()).isEqualTo(2);
    assertThat(palette.rounded(new float[] {0, 5, 7}, 3)).containsExactly(0, 5, 7.5f);
  }

  @Test
  void betweenTwoEquallyNearColorsItIsTheLower() {
    Palette palette = new Palette(new float[] {3, 1}, 1);

    assertThat(palette.rounded(new float[] {2, -9, 9}, 3)).containsExactly(1, 1, 3);
  }

  @Test
  void tensorsOfZerosHaveOneColor() {
    assertThat(Palette.of(new float[4], new PaletteFormat(3)).colors()).containsExactly(0);
  }

  @Test
  void moreColorsThanIndicesAreRefused() {
    assertThatThrownBy(() -> new Palette(new float[3], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a palette of 1 bits holds 1 to 2 colors, found 3");
  }

  @Property(tries = 50)
  void noColorIsNearerThanTheOneChosenAndErrorsFallWithBits(
      @ForAll @IntRange(min = 1, max = 7) int bits, @ForAll @IntRange(min = 1, max = 99) int seed) {
    float[] weights = RandomStream.of(seed, "palette").gaussians(300, 1);
    Palette palette = Palette.of(weights, new PaletteFormat(bits));

    float[] rounded = palette.rounded(weights, 300);

    for (int i = 0; i < weights.length; i++) {
      float chosen = Math.abs(rounded[i] - weights[i]);
      for (float color : palette.colors()) {
        assertThat(Math.abs(color - weights[i])).isGreaterThanOrEqualTo(chosen);
      }
    }
    assertThat(error(weights, Palette.of(weights, new PaletteFormat(bits + 1))))
        .isLessThan(error(weights, palette));
  }

  private static double error(float[] weights, Palette palette) {
    float[] rounded = palette.rounded(weights, weights.length);
    double[] squares = new double[weights.length];
    Arrays.setAll(squares, i -> Math.pow(weights[i] - rounded[i], 2));
    return Arrays.stream(squares).sum();
  }
}
