package kerf.criterion;

import java.util.Set;
import kerf.argument.Argument;
import kerf.granularity.Groups;
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
   * Declares what must be known besides the weights, so that its lack is told before anything is
   * computed. {@link #scores} gets it by {@link LayerWeights#evidence}.
   *
   * @return kinds of evidence; none unless a criterion says otherwise
   */
  default Set<Evidence<?>> needs() {
    return Set.of();
  }

  /**
   * How the scores of weights that stand or fall together are put into one.
   *
   * @return the norm to take of them; the sum of magnitudes unless a criterion says otherwise
   */
  default Norm norm() {
    return Norm.L1;
  }

  /**
   * Scores groups of weights that stand or fall together: the norm of their scores over the norm of
   * as many ones, so that groups of different sizes compare, unless a criterion says otherwise.
   *
   * @param layer the layer
   * @param groups its groups
   * @param scores what {@link #scores} gave, with 0 for weights that are pruned; may be returned
   * @return a score a group
   */
  default float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    if (groups.single()) {
      return scores;
    }
    float[] norms = groups.norms(scores, norm());
    for (int group = 0; group < norms.length; group++) {
      norms[group] = (float) (norms[group] / norm().ofOnes(groups.members(group)));
    }
    return norms;
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
    Argument.require("norm", norm);
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
    Argument.require("name", name);
    Argument.require("criterion", criterion);
    return new NamedCriterion(name, criterion);
  }
}
