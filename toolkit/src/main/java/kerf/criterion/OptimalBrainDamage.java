package kerf.criterion;

import java.util.Set;
import kerf.argument.Argument;
import kerf.criterion.SecondDerivatives.Form;
import kerf.granularity.Groups;
import kerf.training.CrossEntropy;
import kerf.training.Loss;

/**
 * By how much the loss would rise, to second order, if a weight became 0: {@code h w² / 2}, h being
 * the second derivative of the mean loss over the data. At a minimum, where the gradient is 0, and
 * as if no two weights had to do with each other. Y. LeCun, J. Denker, S. Solla, "Optimal Brain
 * Damage", NIPS 1989, equation 5 and section 3. Scores of groups are sums, in the units of the
 * loss.
 *
 * @param loss the loss the network was trained with
 * @param form how second derivatives are taken
 */
public record OptimalBrainDamage(Loss loss, Form form) implements Criterion {

  /** For cross entropy, with the Gauss-Newton part of the second derivatives, as in the paper. */
  public OptimalBrainDamage() {
    this(new CrossEntropy(), Form.GAUSS_NEWTON);
  }

  /**
   * Changes the loss.
   *
   * @param other the loss the network was trained with
   * @return such a criterion
   */
  public OptimalBrainDamage loss(Loss other) {
    Argument.require("loss", other);
    return new OptimalBrainDamage(other, form);
  }

  /**
   * Takes second derivatives exactly. Some may be negative: such weights go first.
   *
   * @return such a criterion, for small networks
   */
  public OptimalBrainDamage exact() {
    return new OptimalBrainDamage(loss, Form.EXACT);
  }

  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(curvature());
  }

  private SecondDerivatives curvature() {
    return new SecondDerivatives(loss, form);
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] curvature = layer.evidence(curvature());
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = curvature[i] * scores[i] * scores[i] / 2;
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    double[] sums = new double[groups.count()];
    for (int i = 0; i < scores.length; i++) {
      sums[groups.of(i)] += scores[i];
    }
    float[] together = new float[sums.length];
    for (int group = 0; group < sums.length; group++) {
      together[group] = (float) sums[group];
    }
    return together;
  }

  @Override
  public String toString() {
    String options = loss + (form == Form.EXACT ? ", exact" : "");
    return equals(new OptimalBrainDamage()) ? "obd()" : "obd(" + options + ")";
  }
}
