package kerf.criterion;

import java.util.Set;
import kerf.argument.Argument;
import kerf.granularity.Groups;
import kerf.training.CrossEntropy;
import kerf.training.Loss;

/**
 * By how much the loss would change, to first order, if a weight became 0: {@code (g w)²}, g being
 * the gradient of the mean loss over the data (P. Molchanov et al., "Importance Estimation for
 * Neural Network Pruning", CVPR 2019, equation 8). Scores of groups are in the units of the loss
 * and so not divided by their sizes.
 *
 * @param joint what makes up the importance of a group
 * @param loss the loss the network was trained with
 */
public record Taylor(Joint joint, Loss loss) implements Criterion {
  /** The two ways to take weights together; they rank differently. */
  public enum Joint {
    /** {@code (sum of g w)²}: what the loss loses with the whole group. */
    SQUARE_OF_SUM,
    /** {@code sum of (g w)²}: what it loses with each weight for itself. */
    SUM_OF_SQUARES
  }

  /**
   * Checks that nothing is missing.
   *
   * @param joint what makes up the importance of a group
   * @param loss the loss the network was trained with
   */
  public Taylor {
    Argument.require("loss", loss);
    Argument.require("joint", joint);
  }

  /**
   * For cross entropy.
   *
   * @param joint what makes up the importance of a group
   */
  public Taylor(Joint joint) {
    this(joint, new CrossEntropy());
  }

  /**
   * Changes the loss.
   *
   * @param other the loss the network was trained with
   * @return such a criterion
   */
  public Taylor loss(Loss other) {
    return new Taylor(joint, other);
  }

  private Gradients gradients() {
    return new Gradients(Gradients.Pass.INFERENCE, loss);
  }

  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(gradients());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] gradients = layer.evidence(gradients());
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= gradients[i];
      scores[i] *= scores[i];
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    float[] gradients = layer.evidence(gradients());
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
    String word = joint == Joint.SQUARE_OF_SUM ? "taylor()" : "taylor(SUM_OF_SQUARES)";
    return loss.equals(new CrossEntropy()) ? word : word + ".loss(" + loss + ")";
  }
}
