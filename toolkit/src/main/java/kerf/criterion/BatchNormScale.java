package kerf.criterion;

import java.util.Set;

/**
 * The magnitude of the scale, gamma, by which the batch normalization after a layer multiplies a
 * channel (Z. Liu et al., "Learning Efficient Convolutional Networks through Network Slimming",
 * ICCV 2017). Ranks well where training has drawn scales to 0, and globally.
 */
public record BatchNormScale() implements ChannelCriterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new BatchNormScales());
  }

  @Override
  public float[] channelScores(LayerWeights layer) {
    float[] scores = layer.evidence(new BatchNormScales()).clone();
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.abs(scores[c]);
    }
    return scores;
  }

  @Override
  public String toString() {
    return "batchNormScale()";
  }
}
