package kerf.quantization;

import java.util.Arrays;

/**
 * One-dimensional k-means as in Deep Compression, section 3.1 and 3.2: centroids start evenly
 * spaced between the least and the greatest weight, an empty cluster keeps its centroid. Weights of
 * 0, which masks make, are left out: they get a color of their own.
 */
final class Clusters {
  private static final int MOST_ROUNDS = 300;

  private final float[] sorted;
  private final double[] sums;

  private Clusters(float... sorted) {
    this.sorted = sorted;
    this.sums = new double[sorted.length + 1];
    for (int i = 0; i < sorted.length; i++) {
      sums[i + 1] = sums[i] + sorted[i];
    }
  }

  static Palette palette(float[] weights, int bits) {
    float[] sorted = nonzero(weights);
    Arrays.sort(sorted);
    boolean zeros = sorted.length < weights.length;
    int count = (1 << bits) - (zeros ? 1 : 0);
    float[] colors = sorted.length == 0 ? new float[0] : new Clusters(sorted).centroids(count);
    if (zeros) {
      colors = Arrays.copyOf(colors, colors.length + 1);
    }
    return new Palette(colors, bits);
  }

  private static float[] nonzero(float... weights) {
    float[] found = new float[weights.length];
    int count = 0;
    for (float weight : weights) {
      if (weight != 0) {
        found[count++] = weight;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private float[] centroids(int count) {
    double least = sorted[0];
    double step = count == 1 ? 0 : (sorted[sorted.length - 1] - least) / (count - 1);
    double[] centers = new double[count];
    Arrays.setAll(centers, i -> least + i * step);
    // In one dimension a cluster is a run of the sorted weights, from one bound to the next.
    int[] bounds = new int[count + 1];
    bounds[count] = sorted.length;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int[] before = bounds.clone();
      for (int i = 1; i < count; i++) {
        bounds[i] = firstAbove((centers[i - 1] + centers[i]) / 2);
      }
      for (int i = 0; i < count; i++) {
        if (bounds[i + 1] > bounds[i]) {
          centers[i] = (sums[bounds[i + 1]] - sums[bounds[i]]) / (bounds[i + 1] - bounds[i]);
        }
      }
      if (Arrays.equals(before, bounds) && round > 0) {
        break;
      }
    }
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) centers[i];
    }
    return floats;
  }

  /** The first of the sorted weights that is above a number: the one between belongs below. */
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
