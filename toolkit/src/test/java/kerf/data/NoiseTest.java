package kerf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final float BRIGHT = 0.7469f;

  /** Two black images of 2 x 5. */
  private static Samples black(Normalization normalization) {
    LabelledImages images = new LabelledImages(1, 2, 5, 255, new byte[20], new byte[2]);
    return new Samples("black", images, 1, normalization, new int[] {0, 1});
  }

  private static List<Integer> changed(float... pixels) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != 0) {
        assertThat(pixels[i]).isEqualTo(BRIGHT);
        places.add(i);
      }
    }
    return places;
  }

  @Test
  void aFractionOfEachImagesPixelsBecomesBright() {
    Samples noisy = black(Normalization.unitRange()).noisy(new Noise(0.39));
    float[] pixels = noisy.inputs();
    List<Integer> all = changed(pixels);
    assertThat(all).hasSize(6);
    assertThat(all.stream().filter(place -> place < 10)).hasSize(3);
    assertThat(noisy).hasToString("black: 2 images of 2 x 5, 1 classes, noise on 0.39");
    assertThat(noisy.image(0)[1])
        .containsExactly(pixels[5], pixels[6], pixels[7], pixels[8], pixels[9]);
    assertThat(noisy.first(1).inputs()).containsExactly(java.util.Arrays.copyOf(pixels, 10));
  }

  @Test
  void noiseComesBeforeNormalization() {
    Samples mnist = black(Normalization.standardized(0.1307, 0.3081));
    float[] noisy = mnist.noisy(new Noise(0.5)).inputs();
    float dark = mnist.inputs()[0];
    for (float pixel : noisy) {
      assertThat(pixel)
          .satisfiesAnyOf(
              p -> assertThat(p).isEqualTo(dark), p -> assertThat(p).isCloseTo(2, within(1e-6f)));
    }
    // One bright pixel in ten: it is all of the image's length.
    assertThat(black(Normalization.unitLength()).noisy(new Noise(0.1)).inputs()).contains(1f);
  }

  @Property(tries = 100)
  void lessNoiseIsPartOfMoreAndSeedsDecide(
      @ForAll @DoubleRange(min = 0, max = 1) double fraction,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 9) int image) {
    float[] some = new float[784];
    float[] same = new float[784];
    float[] more = new float[784];
    new Noise(fraction).seed(seed).spoil(some, 1, image);
    new Noise(fraction).seed(seed).spoil(same, 1, image);
    new Noise(1 - (1 - fraction) / 2).seed(seed).spoil(more, 1, image);
    assertThat(some).containsExactly(same);
    assertThat(changed(some)).hasSize((int) (784 * fraction));
    assertThat(changed(more)).containsAll(changed(some));
  }

  @Test
  void othersAreSpoiledElsewhere() {
    float[] first = new float[784];
    float[] second = new float[784];
    float[] seeded = new float[784];
    new Noise(0.2).spoil(first, 1, 0);
    new Noise(0.2).spoil(second, 1, 1);
    new Noise(0.2).seed(1).spoil(seeded, 1, 0);
    assertThat(changed(first)).isNotEqualTo(changed(second)).isNotEqualTo(changed(seeded));
  }

  @Test
  void allChannelsOfAPixelAreHitTogether() {
    float[] colored = new float[30];
    float[] grey = new float[10];
    new Noise(0.4).spoil(colored, 3, 0);
    new Noise(0.4).spoil(grey, 1, 0);
    List<Integer> hit = changed(grey);
    assertThat(hit).hasSize(4);
    assertThat(changed(colored)).hasSize(12);
    for (int pixel : hit) {
      assertThat(changed(colored)).contains(pixel, 10 + pixel, 20 + pixel);
    }
  }

  @Test
  void unspoiledSamplesStayAsTheyWere() {
    Samples test = Datasets.digits().test();
    assertThat(test.noisy(new Noise(0.5)).noisy(new Noise(0)).inputs())
        .containsExactly(test.inputs());
    assertThat(test.noise()).isEqualTo(new Noise(0));
  }

  @Test
  void refusesOtherNumbers() {
    assertThatThrownBy(() -> new Noise(30))
        .hasMessage(
            "noise must be a fraction of the pixels in [0, 1], found 30.0; for 30.0% write 0.3");
    assertThatThrownBy(() -> new Noise(-0.1))
        .hasMessage("noise must be a fraction of the pixels in [0, 1], found -0.1");
    assertThatThrownBy(() -> new Noise(0.1).value(2))
        .hasMessage("noise must set pixels to a value in the unit range [0, 1], found 2.0");
  }
}
