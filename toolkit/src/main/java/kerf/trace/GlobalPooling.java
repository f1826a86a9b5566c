package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    NDArray input = inputs.get(0);
    if (keepAxes) {
      int[] axes = IntStream.range(2, input.getShape().dimension()).toArray();
      return kind == Pooling.Kind.MAXIMUM ? input.max(axes, true) : input.mean(axes, true);
    }
    return kind == Pooling.Kind.MAXIMUM
        ? input.getNDArrayInternal().globalMaxPool()
        : input.getNDArrayInternal().globalAvgPool();
  }

  @Override
  public String toString() {
    return "Global" + kind;
  }
}
