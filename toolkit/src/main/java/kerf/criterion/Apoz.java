package kerf.criterion;

import java.util.Set;

/**
 * The average percentage of zeros: how often a channel's output is not 0 after ReLU, over samples
 * and positions, that is 1 - APoZ, so that channels that are often 0 go first (H. Hu et al.,
 * "Network Trimming", 2016, equation 1). Their rule, what lies more than one standard deviation
 * from the layer's mean, is the goal {@code belowMean(1)}.
 *
 * <p>Layers that no ReLU follows are refused: elsewhere few outputs are exactly 0, or zeros say
 * less, as with ReLU6, which is idle at both of its ends.
 */
public record Apoz() implements ChannelCriterion {
  @Override
  public Set<Evidence<?>> needs() {
    return Set.of(new ChannelActivities());
  }

  @Override
  public float[] channelScores(LayerWeights layer) {
    ChannelActivity activity = layer.evidence(new ChannelActivities());
    if (!activity.rectified()) {
      throw new IllegalArgumentException(
          "apoz() counts zeros after a ReLU, found %s followed by %s; leave it out with keep(\"%s\"), or use meanActivation()"
              .formatted(layer.name(), activity.after(), layer.name()));
    }
    float[] scores = activity.zeros().clone();
    for (int c = 0; c < scores.length; c++) {
      scores[c] = 1 - scores[c];
    }
    return scores;
  }

  @Override
  public String toString() {
    return "apoz()";
  }
}
