package kerf.packed;

import java.util.Arrays;
import kerf.argument.Argument;
import kerf.integer.Window;

/**
 * A convolution that reads signs; what the window sees outside the image is 0.
 *
 * @param weights of as many taps as the window has pixels
 * @param window how it moves
 * @param bias added to each output channel; zeros for none
 */
public record PackedConvolution(PackedWeights weights, Window window, float... bias) {
  /**
   * Checks the sizes.
   *
   * @param weights of as many taps as the window has pixels
   * @param window how it moves
   * @param bias added to each output channel
   */
  public PackedConvolution {
    Argument.require("weights", weights);
    Argument.require("window", window);
    Argument.require("bias", bias);
    if (weights.taps() != window.height() * window.width() || bias.length != weights.rows()) {
      throw new IllegalArgumentException(
          "a convolution of %d×%d needs weights of %d taps and a bias for each of %d rows, found %d taps and %d biases"
              .formatted(
                  window.height(),
                  window.width(),
                  window.height() * window.width(),
                  weights.rows(),
                  weights.taps(),
                  bias.length));
    }
  }

  /**
   * Computes a batch.
   *
   * @param images of as many channels as the weights have columns
   * @return {@code (batch, filters, rows, columns)}, row-major
   */
  public float[] apply(SignImages images) {
    Argument.require("images", images);
    if (images.channels() != weights.columns()) {
      throw new IllegalArgumentException(
          "%s needs %d channels, found %d"
              .formatted(weights, weights.columns(), images.channels()));
    }
    int rows = window.rows(images.height());
    int columns = window.columns(images.width());
    int places = rows * columns;
    int filters = weights.rows();
    float[] outputs = new float[images.batch() * filters * places];
    Patch patch = new Patch(images);
    for (int image = 0; image < images.batch(); image++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int first = image * filters * places + y * columns + x;
          boolean whole = patch.fill(image, y, x);
          if (whole) {
            weights.multiply(patch.words, 0, outputs, first, places);
          } else {
            weights.multiply(patch.words, patch.inside, outputs, first, places);
          }
        }
      }
    }
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] += bias[i / places % filters];
    }
    return outputs;
  }

  /** What the window sees. */
  private final class Patch {
    private final SignImages images;
    private final int each;
    private final long[] words;
    private final long[] inside;
    private final long last;

    Patch(SignImages images) {
      this.images = images;
      this.each = SignRows.words(images.channels());
      this.words = new long[weights.taps() * each];
      this.inside = new long[words.length];
      int rest = images.channels() & 63;
      this.last = rest == 0 ? -1L : (1L << rest) - 1;
    }

    /** Whether all of it lies in the image. */
    boolean fill(int image, int y, int x) {
      boolean whole = true;
      int to = 0;
      for (int tapY = 0; tapY < window.height(); tapY++) {
        int row = y * window.strideY() - window.paddingY() + tapY * window.dilationY();
        for (int tapX = 0; tapX < window.width(); tapX++, to += each) {
          int column = x * window.strideX() - window.paddingX() + tapX * window.dilationX();
          boolean within =
              row >= 0 && row < images.height() && column >= 0 && column < images.width();
          whole &= within;
          Arrays.fill(inside, to, to + each, within ? -1L : 0);
          if (within) {
            inside[to + each - 1] = last;
            int from = ((image * images.height() + row) * images.width() + column) * each;
            System.arraycopy(images.words(), from, words, to, each);
          }
        }
      }
      return whole;
    }
  }
}
