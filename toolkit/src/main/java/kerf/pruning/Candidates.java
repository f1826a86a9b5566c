package kerf.pruning;

import java.util.BitSet;
import kerf.criterion.Criterion;
import kerf.criterion.LayerWeights;
import kerf.criterion.Subject;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.mask.LayerMask;

/**
 * One layer's part in the competition: the scores of its groups, NaN for those that do not compete.
 * These are the groups that keep no weight any more, and those that a floor protects.
 */
final class Candidates {
  private final LayerMask present;
  private final Groups groups;
  private final float[] scores;
  private final int kept;
  private final int competing;

  private Candidates(LayerMask present, Groups groups, float[] scores, int kept, int competing) {
    this.present = present;
    this.groups = groups;
    this.scores = scores;
    this.kept = kept;
    this.competing = competing;
  }

  /**
   * Scores a layer.
   *
   * @param weights its weights, pruned ones as 0; the criterion may change them
   */
  static Candidates of(
      LayerMask present,
      float[] weights,
      Subject subject,
      Criterion criterion,
      Granularity granularity) {
    String layer = present.name();
    long[] shape = present.shape();
    Groups groups = granularity.groups(layer, shape);
    LayerWeights judged = new LayerWeights(layer, shape, weights, subject);
    float[] each = criterion.scores(judged);
    requireNumbers(present, each, criterion);
    // What was pruned has no say in its group's score, whatever the criterion makes of a zero.
    float[] own = present.kept() == present.size() ? each : present.apply(each);
    float[] scores = criterion.groupScores(judged, groups, own);
    BitSet alive = groups.holding(present.bits());
    requireNumbers(layer, alive, scores, criterion);
    int kept = alive.cardinality();
    return new Candidates(present, groups, only(alive, scores), kept, kept);
  }

  /** The scores of some groups, NaN for the others. */
  private static float[] only(BitSet wanted, float[] scores) {
    if (wanted.cardinality() == scores.length) {
      return scores;
    }
    float[] only = scores.clone();
    for (int i = wanted.nextClearBit(0); i < only.length; i = wanted.nextClearBit(i + 1)) {
      only[i] = Float.NaN;
    }
    return only;
  }

  private static void requireNumbers(LayerMask present, float[] scores, Criterion criterion) {
    if (scores.length != present.size()) {
      throw new IllegalArgumentException(
          "criterion must give %s a score a weight, that is %d, found %d from %s"
              .formatted(present.name(), present.size(), scores.length, criterion));
    }
    for (int index = 0; index < scores.length; index++) {
      if (Float.isNaN(scores[index]) && present.keeps(index)) {
        throw new IllegalArgumentException(
            "scores of %s must be numbers, found NaN at index %d from %s; look for NaN in its weights"
                .formatted(present.name(), index, criterion));
      }
    }
  }

  private static void requireNumbers(
      String layer, BitSet alive, float[] scores, Criterion criterion) {
    for (int group = 0; group < scores.length; group++) {
      if (Float.isNaN(scores[group]) && alive.get(group)) {
        throw new IllegalArgumentException(
            "scores of %s must be numbers, found NaN for group %d from %s"
                .formatted(layer, group, criterion));
      }
    }
  }

  /**
   * Takes the best groups out of the competition.
   *
   * @param floor the fraction of all groups of the dense layer that must stay, in [0, 1)
   */
  Candidates protectedBy(double floor) {
    // What 0.07 * 100 has above 7 is no eighth group.
    int stay = (int) Math.ceil(floor * total() - 1e-9);
    if (stay <= 0) {
      return this;
    }
    BitSet free = Smallest.of(scores, Math.max(0, kept - stay));
    return new Candidates(present, groups, only(free, scores), kept, free.cardinality());
  }

  String layer() {
    return present.name();
  }

  long[] shape() {
    return present.shape();
  }

  /** How many groups the dense layer has. */
  int total() {
    return groups.count();
  }

  /** Those of the layer's weights that are kept. */
  float[] kept(float[] weights) {
    int[] survivors = present.survivors();
    float[] kept = new float[survivors.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = weights[survivors[i]];
    }
    return kept;
  }

  /** How many groups still keep a weight. */
  int kept() {
    return kept;
  }

  /** How many groups may go. */
  int competing() {
    return competing;
  }

  /** A score a group, NaN for those that do not compete. */
  float[] scores() {
    return scores;
  }

  LayerMask without(BitSet gone) {
    return present.without(groups.weights(gone));
  }
}
