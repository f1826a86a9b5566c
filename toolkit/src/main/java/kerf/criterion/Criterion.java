package kerf.criterion;

import kerf.granularity.Norm;

/**
 * How important each weight of a layer is. A lambda over {@link LayerWeights} will do:
 *
 * <pre>{@code
 * Criterion nearOne = layer -> distanceToOne(layer.values());
 * }</pre>
 */
@FunctionalInterface
public interface Criterion {
  /**
   * Scores the weights of a layer. The same layer must get the same scores every time.
   *
   * @param layer the layer, its pruned weights 0
   * @return a score a weight, in C order, not NaN; small scores are pruned first. Scores of weights
   *     that are pruned already do not matter
   */
  float[] scores(LayerWeights layer);

  /**
   * How the scores of weights that stand or fall together are put into one.
   *
   * @return the norm to take of them; the sum of magnitudes unless a criterion says otherwise
   */
  default Norm norm() {
    return Norm.L1;
  }

  /**
   * The magnitude of each weight; groups of weights by the sum of magnitudes (H. Li et al.,
   * "Pruning Filters for Efficient ConvNets", ICLR 2017).
   *
   * @return the criterion
   */
  static Criterion magnitude() {
    return new Magnitude(Norm.L1);
  }

  /**
   * The magnitude of each weight; groups of weights by another norm than the sum.
   *
   * @param norm the norm of a group's weights, such as {@link Norm#L2}
   * @return the criterion
   */
  static Criterion magnitude(Norm norm) {
    return new Magnitude(norm);
  }

  /**
   * Random scores: the control every other criterion must beat.
   *
   * @param seed the seed; a layer's scores depend on it and on the layer's name alone, so pruning
   *     further under one seed goes on with the same ranking
   * @return the criterion
   */
  static Criterion random(long seed) {
    return new RandomScores(seed);
  }

  /**
   * A criterion of your own, with the name by which tables, logs and saved runs know it.
   *
   * @param name the name; two criteria of one name are equal
   * @param criterion the scores
   * @return the criterion
   */
  static Criterion named(String name, Criterion criterion) {
    return new NamedCriterion(name, criterion);
  }
}
