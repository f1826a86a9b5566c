package kerf.integer;

import kerf.granularity.Shape;

/**
 * A batch of images in integers.
 *
 * @param values {@code (batch, channel, height, width)}, row-major; not copied
 * @param batch how many
 * @param channels of each
 * @param height in pixels
 * @param width in pixels
 */
public record IntegerImages(int[] values, int batch, int channels, int height, int width) {
  /**
   * Checks the number of values.
   *
   * @param values row-major
   * @param batch how many
   * @param channels of each
   * @param height in pixels
   * @param width in pixels
   */
  public IntegerImages {
    long size = (long) batch * channels * height * width;
    if (values.length != size) {
      throw new IllegalArgumentException(
          "images %s need %d values, found %d"
              .formatted(Shape.text(batch, channels, height, width), size, values.length));
    }
  }

  int at(int image, int channel, int y, int x) {
    return values[((image * channels + channel) * height + y) * width + x];
  }

  boolean inside(int y, int x) {
    return y >= 0 && y < height && x >= 0 && x < width;
  }
}
