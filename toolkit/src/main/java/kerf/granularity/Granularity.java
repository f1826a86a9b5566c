package kerf.granularity;

/** Which weights of a tensor stand or fall together. */
public sealed interface Granularity permits Weights, Slices {
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
   * Groups the weights of a tensor.
   *
   * @param layer the tensor's name, for errors
   * @param shape the size of each axis
   * @return the groups
   * @throws IllegalArgumentException if tensors of this shape have no such groups
   */
  Groups groups(String layer, long... shape);
}
