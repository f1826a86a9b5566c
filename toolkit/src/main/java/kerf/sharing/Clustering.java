package kerf.sharing;

import java.util.Arrays;
import kerf.argument.Argument;

/**
 * Weights of a layer in clusters that share a value each, by Lloyd's algorithm: each weight belongs
 * to the nearest centroid (of two equally near ones to the lower), each centroid moves to the mean
 * of its weights, and one without weights stays where it is.
 *
 * <p>In one dimension a cluster is a run of the sorted weights, so a round takes a binary search a
 * centroid, and sums over prefixes give the means. Zeros belong to no cluster.
 */
public final class Clustering {
  /** The label of a weight that is 0. */
  public static final int ZERO = -1;

  private static final int MOST_ROUNDS = 300;

  private final float[] weights;
  private final double[] initial;
  private final double[] centroids;
  private final int[] labels;
  private final int rounds;

  private Clustering(float[] weights, double[] initial, int most) {
    this.weights = weights.clone();
    this.initial = initial;
    this.centroids = initial.clone();
    Runs runs = new Runs(sorted(weights));
    int round = 0;
    boolean moved = true;
    while (round < most && moved) {
      moved = runs.assign(centroids) || round == 0;
      runs.move(centroids);
      round++;
    }
    this.rounds = round;
    this.labels = labelled(weights, centroids);
  }

  /**
   * Clusters until no weight changes its cluster, 300 rounds at most.
   *
   * @param weights any finite numbers, in any order
   * @param clusters at least 1
   * @param start where centroids start
   * @return the clusters; without centroids where all weights are 0
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static Clustering of(float[] weights, int clusters, Start start) {
    Argument.require("weights", weights);
    Argument.require("start", start);
    if (clusters < 1) {
      throw new IllegalArgumentException("clusters must be 1 or more, found " + clusters);
    }
    float[] sorted = sorted(weights);
    double[] initial =
        sorted.length == 0 ? new double[0] : start.centroids(sorted, clusters).clone();
    return new Clustering(weights, initial, MOST_ROUNDS);
  }

  /**
   * Clusters from given centroids, for a number of rounds or until no weight changes its cluster.
   *
   * @param weights any finite numbers, in any order
   * @param centroids in ascending order
   * @param rounds the most rounds
   * @return the clusters
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static Clustering from(float[] weights, double[] centroids, int rounds) {
    Argument.require("weights", weights);
    Argument.require("centroids", centroids);
    return new Clustering(weights, centroids.clone(), rounds);
  }

  private static float[] sorted(float... weights) {
    float[] found = new float[weights.length];
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new IllegalArgumentException(
            "weights that share values must be finite, found %s at index %,d; look at the training's loss"
                .formatted(weights[i], i));
      }
      if (weights[i] != 0) {
        found[count++] = weights[i];
      }
    }
    found = Arrays.copyOf(found, count);
    Arrays.sort(found);
    return found;
  }

  private static int[] labelled(float[] weights, double... centroids) {
    double[] distinct = Arrays.stream(centroids).distinct().toArray();
    int[] lowest = new int[distinct.length];
    Arrays.setAll(lowest, i -> first(centroids, distinct[i]));
    double[] middles = new double[Math.max(0, distinct.length - 1)];
    Arrays.setAll(middles, i -> (distinct[i] + distinct[i + 1]) / 2);
    int[] labels = new int[weights.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = weights[i] == 0 ? ZERO : lowest[below(middles, weights[i])];
    }
    return labels;
  }

  private static int first(double[] centroids, double value) {
    int i = 0;
    while (centroids[i] != value) {
      i++;
    }
    return i;
  }

  /** How many of the sorted numbers lie below a weight. */
  private static int below(double[] sorted, float weight) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int at = (low + high) >>> 1;
      if (sorted[at] < weight) {
        low = at + 1;
      } else {
        high = at;
      }
    }
    return low;
  }

  /**
   * Gives where centroids started.
   *
   * @return in ascending order
   */
  public float[] initial() {
    return floats(initial);
  }

  /**
   * Gives the shared values.
   *
   * @return the centroids in ascending order
   */
  public float[] centroids() {
    return floats(centroids);
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /**
   * Tells the cluster of each weight.
   *
   * @return an index into {@link #centroids}, or {@link #ZERO}
   */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * Counts the weights of each cluster.
   *
   * @return as many numbers as centroids
   */
  public int[] counts() {
    int[] counts = new int[centroids.length];
    for (int label : labels) {
      if (label != ZERO) {
        counts[label]++;
      }
    }
    return counts;
  }

  /**
   * Tells how long it took.
   *
   * @return rounds, the one included in which no weight moved
   */
  public int rounds() {
    return rounds;
  }

  /**
   * Gives the weights with shared values.
   *
   * @return a centroid in place of each weight, 0 for 0
   */
  public float[] shared() {
    float[] shared = new float[labels.length];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = labels[i] == ZERO ? 0 : (float) centroids[labels[i]];
    }
    return shared;
  }

  /**
   * Measures what sharing loses.
   *
   * @return the sum of squared distances of the weights from their centroids
   */
  public double squaredError() {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double distance = labels[i] == ZERO ? 0 : weights[i] - centroids[labels[i]];
      sum += distance * distance;
    }
    return sum;
  }

  /** The sorted weights, cut into a run a cluster. */
  private static final class Runs {
    private final float[] sorted;
    private final double[] sums;
    private int[] bounds = {};

    Runs(float... sorted) {
      this.sorted = sorted;
      this.sums = new double[sorted.length + 1];
      for (int i = 0; i < sorted.length; i++) {
        sums[i + 1] = sums[i] + sorted[i];
      }
    }

    /** Cuts anew; whether any weight went to another cluster. */
    boolean assign(double... centroids) {
      int count = centroids.length;
      int[] cut = new int[count + 1];
      cut[count] = sorted.length;
      for (int i = count - 1; i > 0; i--) {
        cut[i] =
            centroids[i] == centroids[i - 1]
                ? cut[i + 1]
                : firstAbove((centroids[i - 1] + centroids[i]) / 2);
      }
      boolean changed = !Arrays.equals(cut, bounds);
      bounds = cut;
      return changed;
    }

    void move(double... centroids) {
      for (int i = 0; i < centroids.length; i++) {
        int size = bounds[i + 1] - bounds[i];
        if (size > 0) {
          centroids[i] = (sums[bounds[i + 1]] - sums[bounds[i]]) / size;
        }
      }
      // Of equal centroids the lowest has all weights, and may move past the others.
      Arrays.sort(centroids);
    }

    private int firstAbove(double middle) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int at = (low + high) >>> 1;
        if (sorted[at] > middle) {
          high = at;
        } else {
          low = at + 1;
        }
      }
      return low;
    }
  }
}
