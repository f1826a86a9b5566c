package kerf.criterion;

import java.util.Set;

/**
 * By how much the loss would change, to first order, without a channel's output, over the Euclidean
 * length of the layer's changes, which makes layers comparable (P. Molchanov et al., "Pruning
 * Convolutional Neural Networks for Resource Efficient Inference", ICLR 2017, equations 8 and 9).
 */
public record ActivationTaylor() implements ChannelCriterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new ActivationChanges());
  }

  @Override
  public float[] channelScores(LayerWeights layer) {
    float[] scores = layer.evidence(new ActivationChanges()).clone();
    double squares = 0;
    for (float score : scores) {
      squares += (double) score * score;
    }
    for (int c = 0; squares > 0 && c < scores.length; c++) {
      scores[c] = (float) (scores[c] / Math.sqrt(squares));
    }
    return scores;
  }

  @Override
  public String toString() {
    return "activationTaylor()";
  }
}
