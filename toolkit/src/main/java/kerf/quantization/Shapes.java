package kerf.quantization;

import ai.djl.ndarray.types.Shape;
import kerf.integer.Window;

/** Shapes and windows as {@code kerf.integer} takes them. */
final class Shapes {
  private Shapes() {}

  static long[] batched(long batch, Shape sample) {
    return new Shape(batch).addAll(sample).getShape();
  }

  static Window window(Shape kernel, Shape stride, Shape padding, Shape dilation) {
    return new Window(
        (int) kernel.get(0),
        (int) kernel.get(1),
        (int) stride.get(0),
        (int) stride.get(1),
        (int) padding.get(0),
        (int) padding.get(1),
        (int) dilation.get(0),
        (int) dilation.get(1));
  }
}
