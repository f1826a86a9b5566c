package kerf.criterion;

import java.util.Objects;
import java.util.Set;
import kerf.granularity.Groups;

/**
 * By how much the loss would change, to first order, if a weight became 0: {@code (g w)²}, g being
 * the gradient of the mean loss over the data (P. Molchanov et al., "Importance Estimation for
 * Neural Network Pruning", CVPR 2019, equation 8). Scores of groups are in the units of the loss
 * and so not divided by their sizes.
 *
 * @param joint what makes up the importance of a group
 */
public record Taylor(Joint joint) implements Criterion {
  /** The two ways to take weights together; they rank differently. */
  public enum Joint {
    /** {@code (sum of g w)²}: what the loss loses with the whole group. */
    SQUARE_OF_SUM,
    /** {@code sum of (g w)²}: what it loses with each weight for itself. */
    SUM_OF_SQUARES
  }

  /**
   * Checks that there is a choice.
   *
   * @param joint what makes up the importance of a group
   */
  public Taylor {
    Objects.requireNonNull(joint, "taylor needs SQUARE_OF_SUM or SUM_OF_SQUARES, found null");
  }

  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(Gradients.inference());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] gradients = layer.gradients();
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= gradients[i];
      scores[i] *= scores[i];
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    float[] gradients = layer.gradients();
    float[] values = layer.values();
    double[] sums = new double[groups.count()];
    for (int i = 0; i < values.length; i++) {
      double change = (double) gradients[i] * values[i];
      sums[groups.of(i)] += joint == Joint.SQUARE_OF_SUM ? change : change * change;
    }
    float[] together = new float[sums.length];
    for (int group = 0; group < sums.length; group++) {
      double sum = sums[group];
      together[group] = (float) (joint == Joint.SQUARE_OF_SUM ? sum * sum : sum);
    }
    return together;
  }

  @Override
  public String toString() {
    return joint == Joint.SQUARE_OF_SUM ? "taylor()" : "taylor(SUM_OF_SQUARES)";
  }
}
