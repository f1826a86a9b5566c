package kerf.criterion;

import kerf.granularity.Shape;

/**
 * What a criterion gets to see of a layer.
 *
 * @param name the layer's name, such as {@code fc1}
 * @param shape the size of each axis
 * @param values the weights in C order, pruned ones as 0; the criterion's own copy
 */
public record LayerWeights(String name, long[] shape, float[] values) {
  /**
   * Checks that there are as many values as the shape says.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param values the weights in C order
   */
  public LayerWeights {
    int size = Shape.size(name, shape);
    if (values.length != size) {
      throw new IllegalArgumentException(
          "%s has shape %s, that is %d weights, found %d"
              .formatted(name, Shape.text(shape), size, values.length));
    }
  }
}
