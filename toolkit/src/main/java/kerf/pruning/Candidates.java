package kerf.pruning;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kerf.argument.Argument;
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
final class Candidates implements Contender {
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
    float[] each = Argument.require("scores of " + criterion, criterion.scores(judged));
    requireNumbers(present, each, criterion);
    // What was pruned has no say in its group's score, whatever the criterion makes of a zero.
    float[] own = present.kept() == present.size() ? each : present.apply(each);
    float[] scores =
        Argument.require(
            "group scores of " + criterion, criterion.groupScores(judged, groups, own));
    BitSet alive = groups.holding(present.bits());
    requireNumbers(layer, groups, alive, scores, criterion);
    int kept = alive.cardinality();
    return new Candidates(present, groups, only(alive, scores), kept, kept);
  }

  /** The scores of some groups, NaN for the others. */
  static float[] only(BitSet wanted, float[] scores) {
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
      String layer, Groups groups, BitSet alive, float[] scores, Criterion criterion) {
    if (scores.length != groups.count()) {
      throw new IllegalArgumentException(
          "criterion must give %s a score a group, that is %d, found %d from %s"
              .formatted(layer, groups.count(), scores.length, criterion));
    }
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
    return protect(this, floor)
        .map(free -> new Candidates(present, groups, only(free, scores), kept, free.cardinality()))
        .orElse(this);
  }

  /** Those that may go although a floor protects the best; empty if it protects none. */
  static Optional<BitSet> protect(Contender contender, double floor) {
    // What 0.07 * 100 has above 7 is no eighth group.
    int stay = (int) Math.ceil(floor * contender.total() - 1e-9);
    return stay <= 0
        ? Optional.empty()
        : Optional.of(Smallest.of(contender.scores(), Math.max(0, contender.kept() - stay)));
  }

  @Override
  public List<String> layers() {
    return List.of(present.name());
  }

  String layer() {
    return present.name();
  }

  long[] shape() {
    return present.shape();
  }

  @Override
  public int total() {
    return groups.count();
  }

  @Override
  public Spread weights(Spread before, Function<String, float[]> weights) {
    float[] own = weights.apply(present.name());
    int[] survivors = present.survivors();
    float[] kept = new float[survivors.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = own[survivors[i]];
    }
    return before.and(kept);
  }

  @Override
  public int kept() {
    return kept;
  }

  @Override
  public int competing() {
    return competing;
  }

  @Override
  public float[] scores() {
    return scores;
  }

  @Override
  public List<LayerMask> without(BitSet gone) {
    return List.of(present.without(groups.weights(gone)));
  }
}
