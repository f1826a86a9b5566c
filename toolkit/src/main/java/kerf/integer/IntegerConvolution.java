package kerf.integer;

/**
 * A convolution in integers. What the window sees outside the image is the input's zero point, that
 * is, exactly 0.
 *
 * @param filters the number of output channels
 * @param groupInputs the number of input channels a filter sees
 * @param groups into how many groups channels are split, 1 for an ordinary convolution
 * @param window how it moves
 * @param weights {@code (filters, groupInputs, height, width)}, row-major, zero point 0
 * @param rescaling the way to the output's grid
 * @param inputZero the zero point of the input
 */
public record IntegerConvolution(
    int filters,
    int groupInputs,
    int groups,
    Window window,
    int[] weights,
    Rescaling rescaling,
    int inputZero) {
  /**
   * Checks the number of weights.
   *
   * @param filters the number of output channels
   * @param groupInputs the number of input channels a filter sees
   * @param groups into how many groups channels are split
   * @param window how it moves
   * @param weights row-major
   * @param rescaling the way to the output's grid
   * @param inputZero the zero point of the input
   */
  public IntegerConvolution {
    int needed = filters * groupInputs * window.height() * window.width();
    if (weights.length != needed || filters % groups != 0) {
      throw new IllegalArgumentException(
          "a convolution %d→%d, %d×%d, in %d groups needs %d weights, found %d"
              .formatted(
                  groupInputs * groups,
                  filters,
                  window.height(),
                  window.width(),
                  groups,
                  needed,
                  weights.length));
    }
    weights = weights.clone();
  }

  /**
   * Computes a batch.
   *
   * @param x the images
   * @return as many images of {@code filters} channels
   * @throws IllegalArgumentException if they have other channels than the filters see
   */
  public IntegerImages apply(IntegerImages x) {
    if (x.channels() != groupInputs * groups) {
      throw new IllegalArgumentException(
          "a convolution of %d input channels got images of %d"
              .formatted(groupInputs * groups, x.channels()));
    }
    int rows = window.rows(x.height());
    int columns = window.columns(x.width());
    int[] y = new int[x.batch() * filters * rows * columns];
    int at = 0;
    for (int image = 0; image < x.batch(); image++) {
      for (int filter = 0; filter < filters; filter++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            y[at++] = rescaling.apply(filter, sum(x, image, filter, row, column));
          }
        }
      }
    }
    return new IntegerImages(y, x.batch(), filters, rows, columns);
  }

  private int sum(IntegerImages x, int image, int filter, int row, int column) {
    int firstChannel = filter / (filters / groups) * groupInputs;
    int weight = filter * groupInputs * window.height() * window.width();
    int sum = 0;
    for (int channel = 0; channel < groupInputs; channel++) {
      for (int i = 0; i < window.height(); i++) {
        for (int j = 0; j < window.width(); j++) {
          int top = row * window.strideY() - window.paddingY() + i * window.dilationY();
          int left = column * window.strideX() - window.paddingX() + j * window.dilationX();
          if (x.inside(top, left)) {
            sum += (x.at(image, firstChannel + channel, top, left) - inputZero) * weights[weight];
          }
          weight++;
        }
      }
    }
    return sum;
  }
}
