package kerf.sharing;

import java.util.Arrays;
import kerf.argument.Argument;
import kerf.random.RandomStream;

/** Where the centroids of {@link Clustering} start. */
public sealed interface Start {
  /**
   * Places centroids.
   *
   * @param sorted the weights in ascending order, at least one
   * @param count how many centroids, at least 1
   * @return so many numbers in ascending order
   */
  double[] centroids(float[] sorted, int count);

  /**
   * Evenly spaced from the least to the greatest weight: the paper's choice, since few but large
   * weights matter most.
   */
  record Linear() implements Start {
    @Override
    public double[] centroids(float[] sorted, int count) {
      Argument.require("sorted", sorted);
      double least = sorted[0];
      double step = count == 1 ? 0 : (sorted[sorted.length - 1] - least) / (count - 1);
      double[] centroids = new double[count];
      Arrays.setAll(centroids, i -> least + i * step);
      return centroids;
    }

    @Override
    public String toString() {
      return "linear";
    }
  }

  /**
   * At even steps of the cumulative distribution: centroid j is the smallest weight with a share of
   * {@code (j + 0.5) / count} at or below it.
   */
  record Density() implements Start {
    @Override
    public double[] centroids(float[] sorted, int count) {
      Argument.require("sorted", sorted);
      double[] centroids = new double[count];
      Arrays.setAll(
          centroids,
          j -> {
            int rank = (int) Math.ceil((j + 0.5) / count * sorted.length);
            return sorted[Math.max(0, rank - 1)];
          });
      return centroids;
    }

    @Override
    public String toString() {
      return "density";
    }
  }

  /**
   * Weights drawn at random; Forgy's method in the paper's words.
   *
   * @param seed decides which
   */
  record Random(long seed) implements Start {
    @Override
    public double[] centroids(float[] sorted, int count) {
      Argument.require("sorted", sorted);
      RandomStream stream = RandomStream.of(seed, "centroids");
      double[] centroids = new double[count];
      int[] order = stream.permutation(sorted.length);
      Arrays.setAll(centroids, j -> sorted[order[j % order.length]]);
      Arrays.sort(centroids);
      return centroids;
    }

    @Override
    public String toString() {
      return "random " + seed;
    }
  }

  /**
   * Weights drawn one after the other, each with a probability in proportion to its squared
   * distance from the nearest one drawn before: D. Arthur and S. Vassilvitskii, "k-means++", SODA
   * 2007.
   *
   * @param seed decides which
   */
  record PlusPlus(long seed) implements Start {
    @Override
    public double[] centroids(float[] sorted, int count) {
      Argument.require("sorted", sorted);
      RandomStream stream = RandomStream.of(seed, "centroids");
      double[] squares = new double[sorted.length];
      Arrays.fill(squares, Double.POSITIVE_INFINITY);
      double[] centroids = new double[count];
      centroids[0] = sorted[stream.nextInt(sorted.length)];
      for (int j = 1; j < count; j++) {
        double sum = 0;
        for (int i = 0; i < squares.length; i++) {
          double distance = sorted[i] - centroids[j - 1];
          squares[i] = Math.min(squares[i], distance * distance);
          sum += squares[i];
        }
        double left = stream.nextDouble() * sum;
        int drawn = 0;
        while (drawn < squares.length - 1 && left >= squares[drawn]) {
          left -= squares[drawn++];
        }
        centroids[j] = sorted[drawn];
      }
      Arrays.sort(centroids);
      return centroids;
    }

    @Override
    public String toString() {
      return "k-means++ " + seed;
    }
  }
}
