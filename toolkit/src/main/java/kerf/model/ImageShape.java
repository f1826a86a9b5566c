package kerf.model;

/**
 * The shape of one input image of an architecture.
 *
 * @param channels 1 for grey, 3 for color
 * @param height rows of pixels
 * @param width pixels a row
 */
public record ImageShape(int channels, int height, int width) {

  /** The shape of a CIFAR image: 3 × 32 × 32. */
  static final ImageShape CIFAR = new ImageShape(3, 32, 32);

  /**
   * Checks the sizes.
   *
   * @param channels at least 1
   * @param height at least 1
   * @param width at least 1
   */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an input image needs at least 1 channel, row and column, found %d×%d×%d; grey images of 28 x 28 are 1, 28, 28"
              .formatted(channels, height, width));
    }
  }

  /** Refuses an image that pooling would leave nothing of. */
  void requirePoolable(String architecture, int poolings) {
    if (Math.min(height, width) >> poolings == 0) {
      throw new IllegalArgumentException(
          "%s halves its images %d times and needs at least %d x %d pixels, found %d x %d"
              .formatted(architecture, poolings, 1 << poolings, 1 << poolings, height, width));
    }
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}
