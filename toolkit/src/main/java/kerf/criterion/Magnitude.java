package kerf.criterion;

import kerf.argument.Argument;
import kerf.granularity.Norm;

/**
 * The magnitude of each weight.
 *
 * @param norm how the magnitudes of a group are put into one
 */
public record Magnitude(Norm norm) implements Criterion {
  /**
   * Checks that there is a norm.
   *
   * @param norm how the magnitudes of a group are put into one
   */
  public Magnitude {
    Argument.require("norm", norm);
  }

  @Override
  public float[] scores(LayerWeights layer) {
    float[] values = layer.values();
    float[] scores = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = Math.abs(values[i]);
    }
    return scores;
  }
}
