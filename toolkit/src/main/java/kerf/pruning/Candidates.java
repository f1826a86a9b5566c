package kerf.pruning;

import kerf.criterion.Criterion;
import kerf.criterion.LayerWeights;
import kerf.criterion.Subject;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.mask.LayerMask;

/**
 * One layer's part in the competition: those of its groups that still keep a weight, and their
 * scores.
 */
final class Candidates {
  private final LayerMask present;
  private final float[] weights;
  private final Groups groups;
  private final int[] alive;
  private final float[] scores;

  private Candidates(
      LayerMask present, float[] weights, Groups groups, int[] alive, float[] scores) {
    this.present = present;
    this.weights = weights;
    this.groups = groups;
    this.alive = alive;
    this.scores = scores;
  }

  static Candidates of(
      LayerMask present,
      float[] weights,
      Subject subject,
      Criterion criterion,
      Granularity granularity) {
    String layer = present.name();
    long[] shape = present.shape();
    Groups groups = granularity.groups(layer, shape);
    LayerWeights judged = new LayerWeights(layer, shape, present.apply(weights), subject);
    float[] each = criterion.scores(judged);
    requireNumbers(present, each, criterion);
    // What was pruned has no say in its group's score, whatever the criterion makes of a zero.
    float[] together = criterion.groupScores(judged, groups, present.apply(each));
    int[] alive = groups.holding(present.survivors());
    float[] scores = new float[alive.length];
    for (int i = 0; i < alive.length; i++) {
      scores[i] = together[alive[i]];
    }
    return new Candidates(present, weights, groups, alive, scores);
  }

  private static void requireNumbers(LayerMask present, float[] scores, Criterion criterion) {
    if (scores.length != present.size()) {
      throw new IllegalArgumentException(
          "criterion must give %s a score a weight, that is %d, found %d from %s"
              .formatted(present.name(), present.size(), scores.length, criterion));
    }
    for (int index : present.survivors()) {
      if (Float.isNaN(scores[index])) {
        throw new IllegalArgumentException(
            "scores of %s must be numbers, found NaN at index %d from %s; look for NaN in its weights"
                .formatted(present.name(), index, criterion));
      }
    }
  }

  String layer() {
    return present.name();
  }

  int total() {
    return groups.count();
  }

  /** The weights that are kept. */
  float[] weights() {
    int[] survivors = present.survivors();
    float[] kept = new float[survivors.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = weights[survivors[i]];
    }
    return kept;
  }

  float[] scores() {
    return scores;
  }

  /** The layer's mask without those of the candidates, by their places in {@link #scores}. */
  LayerMask without(int[] places) {
    int[] gone = new int[places.length];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = alive[places[i]];
    }
    return present.without(groups.indices(gone));
  }
}
