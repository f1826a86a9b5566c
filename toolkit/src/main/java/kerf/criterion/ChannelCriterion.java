package kerf.criterion;

import kerf.granularity.Groups;

/**
 * How important each output channel of a layer is: a filter of a convolution, a neuron of a linear
 * layer. Its weights stand and fall together, so it refuses any granularity but filters (rows). A
 * lambda will do:
 *
 * <pre>{@code
 * ChannelCriterion loud = layer -> layer.evidence(new ChannelActivities()).meanMagnitude();
 * }</pre>
 */
@FunctionalInterface
public interface ChannelCriterion extends Criterion {
  /**
   * Scores the output channels of a layer.
   *
   * @param layer the layer, its pruned weights 0
   * @return a score a channel (axis 0 of the weights), not NaN; small scores are pruned first
   */
  float[] channelScores(LayerWeights layer);

  @Override
  default float[] scores(LayerWeights layer) {
    float[] channels = channelScores(layer);
    float[] scores = new float[layer.values().length];
    if (channels.length != layer.shape()[0]) {
      throw new IllegalArgumentException(
          "criterion must give %s a score a channel, that is %d, found %d from %s"
              .formatted(layer.name(), layer.shape()[0], channels.length, this));
    }
    int members = scores.length / channels.length;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = channels[i / members];
    }
    return scores;
  }

  @Override
  default float[] groupScores(LayerWeights layer, Groups groups, float[] scores) {
    int channels = (int) layer.shape()[0];
    int members = scores.length / channels;
    for (int i = 0; i < scores.length; i++) {
      if (groups.count() != channels || groups.of(i) != i / members) {
        throw new IllegalArgumentException(
            "%s scores whole channels, found other groups of weights in %s; prune by filters()"
                .formatted(this, layer.name()));
      }
    }
    return channelScores(layer);
  }
}
