package kerf.integer;

/** Pooling in integers: scale and zero point stay as they are. */
public final class IntegerPooling {
  private IntegerPooling() {}

  /**
   * The greatest of each window; what is outside the image does not count.
   *
   * @param x images
   * @param window how it moves
   * @return smaller images
   */
  public static IntegerImages max(IntegerImages x, Window window) {
    return pool(x, window, true, 0);
  }

  /**
   * The mean of each window, to the nearest integer, halves away from zero.
   *
   * @param x images
   * @param window how it moves
   * @param zeroPoint what padding counts as
   * @return smaller images
   */
  public static IntegerImages mean(IntegerImages x, Window window, int zeroPoint) {
    return pool(x, window, false, zeroPoint);
  }

  private static IntegerImages pool(IntegerImages x, Window window, boolean max, int outside) {
    int rows = window.rows(x.height());
    int columns = window.columns(x.width());
    int[] y = new int[x.batch() * x.channels() * rows * columns];
    int at = 0;
    for (int image = 0; image < x.batch(); image++) {
      for (int channel = 0; channel < x.channels(); channel++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            y[at++] = pool(x, window, max, outside, image, channel, row, column);
          }
        }
      }
    }
    return new IntegerImages(y, x.batch(), x.channels(), rows, columns);
  }

  private static int pool(
      IntegerImages x,
      Window window,
      boolean max,
      int outside,
      int image,
      int channel,
      int row,
      int column) {
    int greatest = Integer.MIN_VALUE;
    int sum = 0;
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int top = row * window.strideY() - window.paddingY() + i * window.dilationY();
        int left = column * window.strideX() - window.paddingX() + j * window.dilationX();
        if (x.inside(top, left)) {
          int value = x.at(image, channel, top, left);
          greatest = Math.max(greatest, value);
          sum += value;
        } else {
          sum += outside;
        }
      }
    }
    return max ? greatest : nearest(sum, window.height() * window.width());
  }

  private static int nearest(int sum, int count) {
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
  }
}
