package kerf.granularity;

import java.util.Arrays;
import java.util.BitSet;
import kerf.argument.Argument;

/**
 * The weights of one tensor dealt out into groups. The weights stand, in C order, in a matrix,
 * which is cut into tiles; a tile is a group. Tiles are counted along the rows. Where the matrix
 * does not come out even, the tiles at its right and lower edges are smaller.
 *
 * @param rows the rows of the matrix, at least 1
 * @param columns the columns of the matrix, at least 1
 * @param height the rows of a tile, 1 to {@code rows}
 * @param width the columns of a tile, 1 to {@code columns}
 */
public record Groups(int rows, int columns, int height, int width) {
  /**
   * Checks that there are weights, and that a tile is no larger than the matrix.
   *
   * @param rows the rows of the matrix, at least 1
   * @param columns the columns of the matrix, at least 1
   * @param height the rows of a tile, 1 to {@code rows}
   * @param width the columns of a tile, 1 to {@code columns}
   */
  public Groups {
    if (rows < 1
        || columns < 1
        || (long) rows * columns > Integer.MAX_VALUE
        || height < 1
        || height > rows
        || width < 1
        || width > columns) {
      throw new IllegalArgumentException(
          "groups must be tiles of a matrix of at most %d weights, found tiles of %d×%d in %d×%d"
              .formatted(Integer.MAX_VALUE, height, width, rows, columns));
    }
  }

  /**
   * The number of weights.
   *
   * @return {@code rows * columns}
   */
  public int size() {
    return rows * columns;
  }

  /**
   * The number of groups.
   *
   * @return at least 1
   */
  public int count() {
    return ((rows - 1) / height + 1) * across();
  }

  private int across() {
    return (columns - 1) / width + 1;
  }

  /**
   * Tells whether every weight is a group of its own.
   *
   * @return true for unstructured pruning
   */
  public boolean single() {
    return height == 1 && width == 1;
  }

  /**
   * The group of a weight.
   *
   * @param index the weight's index in C order
   * @return 0 to {@code count() - 1}
   */
  public int of(int index) {
    return index / columns / height * across() + index % columns / width;
  }

  /**
   * The number of weights in a group.
   *
   * @param group 0 to {@code count() - 1}
   * @return {@code height * width}, or less at an edge
   */
  public int members(int group) {
    int top = group / across() * height;
    int left = group % across() * width;
    return Math.min(height, rows - top) * Math.min(width, columns - left);
  }

  /**
   * The groups that hold at least one of some weights.
   *
   * @param indices indices of weights in C order
   * @return the groups, ascending, each once
   */
  public int[] holding(int[] indices) {
    Argument.require("indices", indices);
    BitSet held = new BitSet(count());
    for (int index : indices) {
      held.set(of(index));
    }
    return held.stream().toArray();
  }

  /**
   * The groups that hold at least one of some weights.
   *
   * @param weights a bit a weight
   * @return a bit a group
   */
  public BitSet holding(BitSet weights) {
    Argument.require("weights", weights);
    if (single()) {
      return weights;
    }
    BitSet held = new BitSet(count());
    weights.stream().forEach(index -> held.set(of(index)));
    return held;
  }

  /**
   * All weights of some groups.
   *
   * @param groups a bit a group
   * @return a bit a weight
   */
  public BitSet weights(BitSet groups) {
    Argument.require("groups", groups);
    if (single()) {
      return groups;
    }
    BitSet weights = new BitSet(size());
    for (int start = 0; start < size(); start = segmentEnd(start)) {
      if (groups.get(of(start))) {
        weights.set(start, segmentEnd(start));
      }
    }
    return weights;
  }

  /** Where the stretch of neighbours of one group ends that begins at a weight. */
  private int segmentEnd(int start) {
    int column = start % columns;
    return start - column + Math.min(columns, column + width);
  }

  /**
   * All weights of some groups.
   *
   * @param groups groups, each once
   * @return the indices of their weights in C order, ascending
   */
  public int[] indices(int... groups) {
    Argument.require("groups", groups);
    BitSet wanted = new BitSet(count());
    int size = 0;
    for (int group : groups) {
      wanted.set(group);
      size = Math.addExact(size, members(group));
    }
    int[] indices = new int[size];
    int next = 0;
    for (int index = 0; next < size; index++) {
      if (wanted.get(of(index))) {
        indices[next++] = index;
      }
    }
    return indices;
  }

  /**
   * The norm of each group's scores. A group of one weight keeps its score as it is, sign and all,
   * if all groups are of one weight.
   *
   * @param scores a score a weight, in C order
   * @param norm which norm
   * @return a norm a group
   */
  public float[] norms(float[] scores, Norm norm) {
    Argument.require("scores", scores);
    Argument.require("norm", norm);
    if (single()) {
      return scores.clone();
    }
    double[] sums = new double[count()];
    Arrays.fill(sums, norm.start());
    for (int start = 0; start < scores.length; start = segmentEnd(start)) {
      int group = of(start);
      double sum = sums[group];
      for (int index = start; index < segmentEnd(start); index++) {
        sum = norm.add(sum, Math.abs((double) scores[index]));
      }
      sums[group] = sum;
    }
    float[] norms = new float[sums.length];
    for (int group = 0; group < norms.length; group++) {
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
    Argument.require("scores", scores);
    double[] sums = new double[count()];
    for (int index = 0; index < scores.length; index++) {
      sums[of(index)] += scores[index];
    }
    float[] means = new float[sums.length];
    for (int group = 0; group < means.length; group++) {
      means[group] = (float) (sums[group] / members(group));
    }
    return means;
  }
}
