package kerf.integer;

import kerf.scheme.QuantParams;

/**
 * The mean of windows, in integers, brought to a grid of its own: the sum is multiplied by {@code
 * inputScale / (outputScale * count)} in fixed point.
 *
 * @param window how it moves; what it sees outside the image counts as 0
 * @param input the input's scale and zero point
 * @param output the output's
 * @param min the least output
 * @param max the greatest output
 */
public record IntegerMean(Window window, QuantParams input, QuantParams output, int min, int max) {
  /**
   * Computes a batch.
   *
   * @param x images
   * @return smaller images, on the output's grid
   */
  public IntegerImages apply(IntegerImages x) {
    int rows = window.rows(x.height());
    int columns = window.columns(x.width());
    double count = (double) window.height() * window.width();
    Multiplier multiplier = Multiplier.of(input.scale() / (output.scale() * count));
    int[] y = new int[x.batch() * x.channels() * rows * columns];
    int at = 0;
    for (int image = 0; image < x.batch(); image++) {
      for (int channel = 0; channel < x.channels(); channel++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            long mean =
                (long) multiplier.times(sum(x, image, channel, row, column)) + output.zeroPoint();
            y[at++] = (int) Math.max(min, Math.min(max, mean));
          }
        }
      }
    }
    return new IntegerImages(y, x.batch(), x.channels(), rows, columns);
  }

  private int sum(IntegerImages x, int image, int channel, int row, int column) {
    int sum = 0;
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int top = row * window.strideY() - window.paddingY() + i * window.dilationY();
        int left = column * window.strideX() - window.paddingX() + j * window.dilationX();
        sum += x.inside(top, left) ? x.at(image, channel, top, left) - input.zeroPoint() : 0;
      }
    }
    return sum;
  }
}
