package kerf.criterion;

import java.util.Set;

/**
 * The magnitude each weight had before training: "large init" of H. Zhou et al., "Deconstructing
 * Lottery Tickets", NeurIPS 2019.
 */
public record InitialMagnitude() implements Criterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new InitialWeights());
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] scores = layer.initial().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(scores[i]);
    }
    return scores;
  }

  @Override
  public String toString() {
    return "initialMagnitude()";
  }
}
