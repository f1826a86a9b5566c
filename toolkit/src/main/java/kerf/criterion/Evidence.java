package kerf.criterion;

import java.util.Map;
import java.util.Set;

/**
 * Something to be found out about a network before its weights can be judged, such as the gradient
 * of the loss. Each kind is a value of its own, an implementing record, and equal kinds are found
 * out once a pruning, however many layers and criteria ask.
 *
 * <p>A criterion that must know something new brings its own kind of evidence; nothing else has to
 * learn of it.
 *
 * @param <T> what is found for each layer, such as {@code float[]} for a number a weight
 */
public interface Evidence<T> {
  /**
   * Says what is found out, for errors.
   *
   * @return a plural, such as {@code gradients}
   */
  String name();

  /**
   * Declares what it is found out from, besides the network.
   *
   * @return what the caller of the pruning must give
   */
  Set<Need> needs();

  /**
   * Finds it out.
   *
   * @param subject the network and all that was given with it; it stays as it is
   * @return something for each layer that can be pruned, by the layer's name
   */
  Map<String, T> find(Subject subject);
}
