package kerf.criterion;

import java.util.Set;

/**
 * The mean output of a channel behind the nonlinearity that follows its layer, over samples and
 * positions (P. Molchanov et al., "Pruning Convolutional Neural Networks for Resource Efficient
 * Inference", ICLR 2017, section 2.2).
 */
public record MeanActivation() implements ChannelCriterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new ChannelActivities());
  }

  @Override
  public float[] channelScores(LayerWeights layer) {
    return layer.evidence(new ChannelActivities()).mean().clone();
  }

  @Override
  public String toString() {
    return "meanActivation()";
  }
}
