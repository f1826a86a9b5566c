package kerf.granularity;

/** Which weights of a tensor stand or fall together. */
public sealed interface Granularity permits Weights, Slices, Part, Blocks, NofM {
  /**
   * Every weight for itself: unstructured pruning.
   *
   * @return the finest granularity
   */
  static Granularity weights() {
    return new Weights();
  }

  /**
   * Whole slices along an axis: structured pruning, as {@code torch.nn.utils.prune.ln_structured}
   * does it. Axis 0 holds the rows of a linear layer and the filters of a convolution, axis 1 their
   * inputs.
   *
   * @param axis which axis; negative ones count from the end, -1 is the last
   * @return the granularity
   */
  static Granularity slices(int axis) {
    return new Slices(axis);
  }

  /**
   * Whole rows of a linear layer's matrix: all weights of one output.
   *
   * @return the granularity; refuses tensors that are no matrix
   */
  static Granularity rows() {
    return Part.ROWS;
  }

  /**
   * Whole columns of a linear layer's matrix: all weights of one input.
   *
   * @return the granularity; refuses tensors that are no matrix
   */
  static Granularity columns() {
    return Part.COLUMNS;
  }

  /**
   * Whole kernels of a convolution: all places for one output and one input.
   *
   * @return the granularity; refuses matrices
   */
  static Granularity kernels() {
    return Part.KERNELS;
  }

  /**
   * All weights of one output: a convolution's filters, a linear layer's neurons.
   *
   * @return the granularity
   */
  static Granularity filters() {
    return Part.FILTERS;
  }

  /**
   * All weights of one input: the channels into a convolution, the inputs of a linear layer.
   *
   * @return the granularity
   */
  static Granularity inputChannels() {
    return Part.INPUT_CHANNELS;
  }

  /**
   * All filters and neurons that make one channel. Layers whose outputs are added lose channels
   * only together, and then really get smaller; depthwise filters go with what they filter. The
   * network's outputs stay out of it.
   *
   * @return the granularity; needs a network, not only weights
   */
  static Granularity channels() {
    return Part.CHANNELS;
  }

  /**
   * Rectangles of neighbours; see {@link Blocks} for convolutions, and for sizes that do not
   * divide.
   *
   * @param height the rows (outputs) of a block, at least 1
   * @param width the columns (inputs) of a block, at least 1
   * @return the granularity
   */
  static Granularity blocks(int height, int width) {
    return new Blocks(height, width);
  }

  /**
   * Of any m neighbouring inputs only the n best stay. This says by itself how much goes, so a plan
   * must have no goal besides; see {@link NofM}.
   *
   * @param n how many stay, at least 1
   * @param m of how many, more than n
   * @return the granularity
   */
  static Granularity nm(int n, int m) {
    return new NofM(n, m);
  }

  /**
   * Groups the weights of a tensor.
   *
   * @param layer the tensor's name, for errors
   * @param shape the size of each axis
   * @return the groups
   * @throws IllegalArgumentException if tensors of this shape have no such groups
   */
  Groups groups(String layer, long... shape);
}
