package kerf.measure;

import java.util.List;

/**
 * How a network fares while one layer is pruned and the others are not.
 *
 * @param layer the layer's name
 * @param weights the number of its weights
 * @param positions how often each weight multiplies something for one sample; 0 where the network
 *     cannot be traced
 * @param levels sparsities of the layer, ascending, the first 0
 * @param accuracies the accuracy at each level
 */
public record LayerCurve(
    String layer, long weights, long positions, List<Double> levels, List<Double> accuracies) {
  /**
   * Copies the lists.
   *
   * @param layer the layer's name
   * @param weights the number of its weights
   * @param positions how often each weight multiplies something for one sample
   * @param levels sparsities of the layer, ascending, the first 0
   * @param accuracies the accuracy at each level
   */
  public LayerCurve {
    levels = List.copyOf(levels);
    accuracies = List.copyOf(accuracies);
    if (levels.size() != accuracies.size() || levels.isEmpty() || levels.get(0) != 0) {
      throw new IllegalArgumentException(
          "a curve needs an accuracy for each level, the first of them 0, found levels %s and accuracies %s"
              .formatted(levels, accuracies));
    }
  }
}
