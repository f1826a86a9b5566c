package kerf.criterion;

import java.util.Map;
import kerf.granularity.Shape;

/**
 * What a criterion gets to see of a layer.
 *
 * @param name the layer's name, such as {@code fc1}
 * @param shape the size of each axis
 * @param values the weights in C order, pruned ones as 0; the criterion's own copy
 * @param subject the network it is a layer of, and what can be found out about it
 */
public record LayerWeights(String name, long[] shape, float[] values, Subject subject) {
  /**
   * Checks that there are as many values as the shape says.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param values the weights in C order
   * @param subject the network it is a layer of
   */
  public LayerWeights {
    int size = Shape.size(name, shape);
    if (values.length != size) {
      throw new IllegalArgumentException(
          "%s has shape %s, that is %d weights, found %d"
              .formatted(name, Shape.text(shape), size, values.length));
    }
  }

  /**
   * A layer of which nothing is known but its weights.
   *
   * @param name the layer's name
   * @param shape the size of each axis
   * @param values the weights in C order
   */
  public LayerWeights(String name, long[] shape, float[] values) {
    this(name, shape, values, Subject.unknown());
  }

  /**
   * Finds something out about the layer.
   *
   * @param <T> what is found
   * @param kind which evidence
   * @return what was found of this layer; not to be changed
   * @throws IllegalArgumentException if what it needs was not given, or nothing was found of this
   *     layer
   */
  public <T> T evidence(Evidence<T> kind) {
    Map<String, T> found = subject.find(kind);
    T own = found.get(name);
    if (own == null) {
      throw new IllegalArgumentException(
          "%s are needed of %s, found those of [%s] only; leave it out with keep(\"%s\")"
              .formatted(kind.name(), name, String.join(", ", found.keySet()), name));
    }
    return own;
  }

  /**
   * The gradient of the loss by the layer's weights; see {@link Gradients}.
   *
   * @return a number a weight, in C order; not to be changed
   * @throws IllegalArgumentException if the plan has no data
   */
  public float[] gradients() {
    return evidence(Gradients.inference());
  }

  /**
   * The layer's weights before training.
   *
   * @return a number a weight, in C order; not to be changed
   * @throws IllegalArgumentException if the plan has no initial network
   */
  public float[] initial() {
    return evidence(new InitialWeights());
  }
}
