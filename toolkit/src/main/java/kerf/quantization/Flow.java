package kerf.quantization;

import ai.djl.ndarray.NDArray;
import kerf.integer.IntegerImages;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.tensor.Scope;

/** What passes between the nodes of an integer network: integers on a grid, or floats. */
sealed interface Flow {
  /** As floats, in a scope. */
  NDArray floats(Scope scope);

  /**
   * Integers.
   *
   * @param values row-major
   * @param shape the batch as axis 0
   * @param grid what they stand for
   */
  record Integers(int[] values, long[] shape, Quantizer grid) implements Flow {
    @Override
    public NDArray floats(Scope scope) {
      return scope.tensor(grid.dequantize(values, values.length), shape);
    }

    QuantParams params() {
      return grid.params().get(0);
    }

    int batch() {
      return (int) shape[0];
    }

    IntegerImages images() {
      return new IntegerImages(
          values, (int) shape[0], (int) shape[1], (int) shape[2], (int) shape[3]);
    }

    static Integers of(IntegerImages images, Quantizer grid) {
      long[] shape = {images.batch(), images.channels(), images.height(), images.width()};
      return new Integers(images.values(), shape, grid);
    }
  }

  /**
   * Floats.
   *
   * @param array the batch as axis 0
   */
  record Floats(NDArray array) implements Flow {
    @Override
    public NDArray floats(Scope scope) {
      return array;
    }

    Integers quantized(Quantizer grid) {
      float[] values = Scope.floats(array);
      return new Integers(
          grid.quantize(values, values.length).integers(), array.getShape().getShape(), grid);
    }
  }
}
