package kerf.integer;

/**
 * How a window moves over an image.
 *
 * @param height of the window
 * @param width of the window
 * @param strideY steps down
 * @param strideX steps right
 * @param paddingY rows added above and below
 * @param paddingX columns added left and right
 * @param dilationY distance of the window's rows
 * @param dilationX distance of the window's columns
 */
public record Window(
    int height,
    int width,
    int strideY,
    int strideX,
    int paddingY,
    int paddingX,
    int dilationY,
    int dilationX) {
  /**
   * A window that is neither padded nor dilated.
   *
   * @param size height and width
   * @param stride steps down and right
   * @return the window
   */
  public static Window square(int size, int stride) {
    return new Window(size, size, stride, stride, 0, 0, 1, 1);
  }

  /**
   * The same window over a padded image.
   *
   * @param padding rows and columns added on each side
   * @return the window
   */
  public Window padded(int padding) {
    return new Window(height, width, strideY, strideX, padding, padding, dilationY, dilationX);
  }

  /**
   * Counts the places of the window from top to bottom.
   *
   * @param rows of the image
   * @return rows of the output
   */
  public int rows(int rows) {
    return (rows + 2 * paddingY - dilationY * (height - 1) - 1) / strideY + 1;
  }

  /**
   * Counts the places of the window from left to right.
   *
   * @param columns of the image
   * @return columns of the output
   */
  public int columns(int columns) {
    return (columns + 2 * paddingX - dilationX * (width - 1) - 1) / strideX + 1;
  }
}
