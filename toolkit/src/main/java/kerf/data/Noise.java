package kerf.data;

import kerf.random.RandomStream;

/**
 * Noise on images: a fraction of an image's pixels, chosen at random, take one bright value. As
 * {@code RandomNoise} of numenta/htmpapers (Ahmad and Scheinkman 2019, section 4.1), of {@code n}
 * pixels exactly {@code (int) (n * fraction)} are changed, before normalization.
 *
 * <p>Which pixels depends on the seed and on where the image stands in its file, and those of a
 * smaller fraction are among those of a larger one.
 *
 * @param fraction how many of the pixels, in [0, 1]
 * @param value what they become, in the unit range
 * @param seed decides which
 */
public record Noise(double fraction, double value, long seed) {
  /** MNIST's mean and two standard deviations: 0.1307 + 2 * 0.3081, as in the paper. */
  private static final double BRIGHT = 0.7469;

  /**
   * Checks the numbers.
   *
   * @param fraction how many of the pixels, in [0, 1]
   * @param value what they become, in the unit range
   * @param seed decides which
   */
  public Noise {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "noise must be a fraction of the pixels in [0, 1], found %s%s"
              .formatted(
                  fraction,
                  fraction > 1 && fraction <= 100
                      ? "; for %s%% write %s".formatted(fraction, fraction / 100)
                      : ""));
    }
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "noise must set pixels to a value in the unit range [0, 1], found " + value);
    }
  }

  /**
   * The paper's noise for MNIST: pixels become 0.7469, its mean and two standard deviations.
   *
   * @param fraction how many of the pixels, in [0, 1]
   */
  public Noise(double fraction) {
    this(fraction, BRIGHT, 0);
  }

  /**
   * Changes what pixels become.
   *
   * @param other in the unit range
   * @return such noise
   */
  public Noise value(double other) {
    return new Noise(fraction, other, seed);
  }

  /**
   * Changes which pixels are taken.
   *
   * @param other any number
   * @return such noise
   */
  public Noise seed(long other) {
    return new Noise(fraction, value, other);
  }

  /**
   * Spoils an image.
   *
   * @param image pixels in the unit range, channel by channel; changed in place
   * @param channels how many it has; all of a pixel are hit together
   * @param position where the image stands in its file
   */
  void spoil(float[] image, int channels, int position) {
    int pixels = image.length / channels;
    int count = (int) (pixels * fraction);
    if (count > 0) {
      int[] order =
          RandomStream.of(seed, "noise").split(Integer.toString(position)).permutation(pixels);
      for (int i = 0; i < count; i++) {
        for (int at = order[i]; at < image.length; at += pixels) {
          image[at] = (float) value;
        }
      }
    }
  }
}
