package kerf.model;

import kerf.argument.Argument;

/**
 * An architecture for images of any size.
 *
 * @param <A> the architecture itself
 */
public interface Resizable<A extends Architecture> extends Architecture {

  /**
   * The same layers on other images.
   *
   * @param channels 1 for grey, 3 for color
   * @param height rows of pixels
   * @param width pixels a row
   * @return such an architecture
   * @throws IllegalArgumentException if its layers would leave nothing of such an image
   */
  A input(int channels, int height, int width);

  /**
   * The same layers on other images.
   *
   * @param shape channels, height and width, as a dataset gives them
   * @return such an architecture
   * @throws IllegalArgumentException if its layers would leave nothing of such an image
   */
  default A input(long[] shape) {
    Argument.require("shape", shape);
    return input((int) shape[0], (int) shape[1], (int) shape[2]);
  }
}
