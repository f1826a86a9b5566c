package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The maximum or mean of each channel over all its positions: {@code torch.adaptive_avg_pool2d} to
 * one position, or a mean over all axes from 2 on.
 *
 * @param kind maximum or mean
 * @param keepAxes whether the output keeps the axes pooled over, each of length 1
 */
public record GlobalPooling(Pooling.Kind kind, boolean keepAxes) implements Operator {
  @Override
  public String word() {
    return kind == Pooling.Kind.MAXIMUM ? "globalmaxpool" : "globalavgpool";
  }

  @Override
  public Shape outputShape(List<Shape> shapes) {
    Shape input = shapes.get(0);
    long[] ones = new long[keepAxes ? input.dimension() - 1 : 0];
    Arrays.fill(ones, 1);
    return new Shape(input.get(0)).addAll(new Shape(ones));
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    NDArrayEx engine = inputs.get(0).getNDArrayInternal();
    NDArray pooled = kind == Pooling.Kind.MAXIMUM ? engine.globalMaxPool() : engine.globalAvgPool();
    if (!keepAxes) {
      return pooled;
    }
    long[] shape = inputs.get(0).getShape().getShape();
    Arrays.fill(shape, 2, shape.length, 1);
    return pooled.reshape(shape);
  }

  @Override
  public String toString() {
    return "Global" + kind;
  }
}
