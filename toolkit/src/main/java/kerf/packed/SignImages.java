package kerf.packed;

import kerf.argument.Argument;

/**
 * Images of signs: the channels of a pixel one behind the other in whole words of 64, so that a
 * window's pixels need no shifting.
 *
 * @param batch how many images
 * @param channels signs of a pixel
 * @param height rows
 * @param width columns
 * @param words of the pixels, row by row
 */
public record SignImages(int batch, int channels, int height, int width, long[] words) {
  /**
   * Checks the number of words.
   *
   * @param batch how many images
   * @param channels signs of a pixel
   * @param height rows
   * @param width columns
   * @param words of the pixels
   */
  public SignImages {
    Argument.require("words", words);
    int needed = batch * height * width * SignRows.words(channels);
    if (words.length != needed) {
      throw new IllegalArgumentException(
          "%d images of %d×%d×%d signs need %,d words of 64, found %,d"
              .formatted(batch, channels, height, width, needed, words.length));
    }
  }

  /**
   * Takes the signs of images.
   *
   * @param values {@code (batch, channels, height, width)}, row-major
   * @param batch how many images
   * @param channels of a pixel
   * @param height rows
   * @param width columns
   * @return their signs; that of 0 is +1
   */
  public static SignImages of(float[] values, int batch, int channels, int height, int width) {
    Argument.require("values", values);
    if (values.length != batch * channels * height * width) {
      throw new IllegalArgumentException(
          "%d images of %d×%d×%d have %,d values, found %,d"
              .formatted(
                  batch,
                  channels,
                  height,
                  width,
                  batch * channels * height * width,
                  values.length));
    }
    int each = SignRows.words(channels);
    int pixels = height * width;
    long[] words = new long[batch * pixels * each];
    for (int image = 0; image < batch; image++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = (image * channels + channel) * pixels;
        int to = image * pixels * each + (channel >> 6);
        long bit = 1L << channel;
        for (int pixel = 0; pixel < pixels; pixel++) {
          words[to + pixel * each] |= values[from + pixel] >= 0 ? bit : 0;
        }
      }
    }
    return new SignImages(batch, channels, height, width, words);
  }
}
