package kerf.granularity;

/**
 * Single weights, of which in any m neighbouring inputs only the n best stay: N:M sparsity, as
 * NVIDIA's sparse tensor cores compute it for 2:4 (A. Mishra et al., "Accelerating Sparse Deep
 * Neural Networks", 2021, arXiv:2104.08378).
 *
 * <p>Neighbours are counted along axis 1, the inputs, for each output and each place of a kernel by
 * itself. Where the inputs are no multiple of m, the last few are a run of their own, of which n
 * stay at most; hardware wants a multiple.
 *
 * @param n how many stay, at least 1
 * @param m of how many, more than n
 */
public record NofM(int n, int m) implements Granularity {
  /**
   * Checks the numbers.
   *
   * @param n how many stay, at least 1
   * @param m of how many, more than n
   */
  public NofM {
    if (n < 1 || m <= n) {
      throw new IllegalArgumentException(
          "nm(n, m) keeps n of m weights, 1 or more but not all, found nm(%d, %d); for 2:4 write nm(2, 4)"
              .formatted(n, m));
    }
  }

  @Override
  public Groups groups(String layer, long... shape) {
    int size = Shape.size(layer, shape);
    if (shape.length < 2 || shape[1] < m) {
      throw new IllegalArgumentException(
          "%s needs %d inputs (axis 1) or more, found %s of shape %s; leave it out with keep(\"%s\")"
              .formatted(this, m, layer, Shape.text(shape), layer));
    }
    return new Groups(1, size, 1, 1);
  }

  /** What is done with the weights that compete with each other. */
  @FunctionalInterface
  public interface Run {
    /**
     * Takes one run.
     *
     * @param start the index of its first weight, in C order
     * @param stride how far its weights are apart
     * @param length how many they are, m or fewer
     */
    void of(int start, int stride, int length);
  }

  /**
   * Goes through the runs of a tensor.
   *
   * @param layer the tensor's name, for errors
   * @param shape the size of each axis, 2 or more
   * @param each what is done with each run
   */
  public void runs(String layer, long[] shape, Run each) {
    int size = Shape.size(layer, shape);
    int inputs = (int) shape[1];
    int stride = size / (int) shape[0] / inputs;
    for (int output = 0; output < size; output += inputs * stride) {
      for (int input = 0; input < inputs; input += m) {
        for (int place = 0; place < stride; place++) {
          each.of(output + input * stride + place, stride, Math.min(m, inputs - input));
        }
      }
    }
  }

  @Override
  public String toString() {
    return "nm(%d, %d)".formatted(n, m);
  }
}
