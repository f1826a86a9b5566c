package kerf.criterion;

import kerf.random.RandomStream;

/**
 * Uniform random scores in [0, 1).
 *
 * @param seed any number; equal seeds give equal scores
 */
public record RandomScores(long seed) implements Criterion {
  @Override
  public float[] scores(LayerWeights layer) {
    return RandomStream.of(seed, "criterion")
        .split(layer.name())
        .uniforms(layer.values().length, 0, 1);
  }
}
