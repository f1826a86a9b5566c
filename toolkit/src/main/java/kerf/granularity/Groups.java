package kerf.granularity;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The weights of one tensor dealt out into groups of equal size: in C order, {@code span} weights
 * to the first group, as many to the next, and round again after the last.
 *
 * @param count the number of groups, at least 1
 * @param span how many neighbours belong together, at least 1
 * @param size the number of weights, a multiple of {@code count * span}
 */
public record Groups(int count, int span, int size) {
  /**
   * Checks that the groups come out even.
   *
   * @param count the number of groups, at least 1
   * @param span how many neighbours belong together, at least 1
   * @param size the number of weights, a multiple of {@code count * span}
   */
  public Groups {
    if (count < 1 || span < 1 || size < 1 || size % ((long) count * span) != 0) {
      throw new IllegalArgumentException(
          "groups must divide the weights evenly, found %d groups of span %d for %d weights"
              .formatted(count, span, size));
    }
  }

  /**
   * The group of a weight.
   *
   * @param index the weight's index in C order
   * @return 0 to {@code count - 1}
   */
  public int of(int index) {
    return index / span % count;
  }

  /**
   * The number of weights in each group.
   *
   * @return {@code size / count}
   */
  public int members() {
    return size / count;
  }

  /**
   * The groups that hold at least one of some weights.
   *
   * @param indices indices of weights in C order
   * @return the groups, ascending, each once
   */
  public int[] holding(int[] indices) {
    BitSet held = new BitSet(count);
    for (int index : indices) {
      held.set(of(index));
    }
    return held.stream().toArray();
  }

  /**
   * All weights of some groups.
   *
   * @param groups groups, each once
   * @return the indices of their weights in C order, ascending
   */
  public int[] indices(int... groups) {
    BitSet wanted = new BitSet(count);
    for (int group : groups) {
      wanted.set(group);
    }
    int[] indices = new int[Math.multiplyExact(groups.length, members())];
    int next = 0;
    for (int index = 0; next < indices.length; index++) {
      if (wanted.get(of(index))) {
        indices[next++] = index;
      }
    }
    return indices;
  }

  /**
   * The norm of each group's scores. A group of one weight keeps its score as it is, sign and all.
   *
   * @param scores a score a weight, in C order
   * @param norm which norm
   * @return a norm a group
   */
  public float[] norms(float[] scores, Norm norm) {
    if (count == size) {
      return scores.clone();
    }
    double[] sums = new double[count];
    Arrays.fill(sums, norm.start());
    for (int index = 0; index < size; index++) {
      int group = of(index);
      sums[group] = norm.add(sums[group], Math.abs((double) scores[index]));
    }
    float[] norms = new float[count];
    for (int group = 0; group < count; group++) {
      norms[group] = (float) norm.root(sums[group]);
    }
    return norms;
  }

  /**
   * The mean of each group's scores, signs and all.
   *
   * @param scores a score a weight, in C order
   * @return a mean a group
   */
  public float[] means(float[] scores) {
    double[] sums = new double[count];
    int[] members = new int[count];
    for (int index = 0; index < scores.length; index++) {
      int group = of(index);
      sums[group] += scores[index];
      members[group]++;
    }
    float[] means = new float[sums.length];
    for (int group = 0; group < means.length; group++) {
      means[group] = (float) (sums[group] / members[group]);
    }
    return means;
  }
}
