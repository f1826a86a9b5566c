package kerf.criterion;

import java.util.Set;
import kerf.granularity.Groups;

/**
 * By how much each weight's magnitude has grown in training: {@code |w| - |w0|}, "magnitude
 * increase" of H. Zhou et al., "Deconstructing Lottery Tickets", NeurIPS 2019.
 */
public record MagnitudeIncrease() implements Criterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new InitialWeights());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] initial = layer.initial();
    float[] scores = layer.values().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(scores[i]) - Math.abs(initial[i]);
    }
    return scores;
  }

  @Override
  public float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    return groups.means(scores);
  }

  @Override
  public String toString() {
    return "magnitudeIncrease()";
  }
}
