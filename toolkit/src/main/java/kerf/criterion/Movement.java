package kerf.criterion;

import java.util.Set;
import kerf.granularity.Groups;

/**
 * How far a weight has moved away from 0 in training: {@code (w² - w0²) / 2}, w0 being the initial
 * weight. Weights that training shrank go first, whatever their size.
 *
 * <p>V. Sanh et al. ("Movement Pruning", NeurIPS 2020, equation 3) add up {@code -rate g w} over
 * the steps. A step of plain gradient descent is {@code dw = -rate g}, and {@code w dw = d(w²) / 2
 * - dw² / 2}: their sum is this score less half the sum of squared steps, which vanishes as the
 * rate does. Two networks are so enough, and no training has to be watched.
 */
public record Movement() implements Criterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new InitialWeights());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] initial = layer.initial();
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (scores[i] - initial[i]) * (scores[i] + initial[i]) / 2;
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    return groups.means(scores);
  }

  @Override
  public String toString() {
    return "movement()";
  }
}
