package kerf.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import kerf.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClusteringTest {
  private static final Start LINEAR = new Start.Linear();

  @Test
  void centroidsMoveToTheMeansOfTheirWeights() {
    Clustering clusters = Clustering.of(new float[] {0.9f, 0.1f, 0.2f, 0.8f, 0.3f}, 2, LINEAR);

    assertThat(clusters.initial()).containsExactly(0.1f, 0.9f);
    assertThat(clusters.centroids()).containsExactly(0.2f, 0.85f);
    assertThat(clusters.labels()).containsExactly(1, 0, 0, 1, 0);
    assertThat(clusters.counts()).containsExactly(3, 2);
    assertThat(clusters.shared()).containsExactly(0.85f, 0.2f, 0.2f, 0.85f, 0.2f);
    assertThat(clusters.squaredError()).isBetween(0.0249, 0.0251);
  }

  @Test
  void zerosBelongToNoClusterAndStayZero() {
    Clustering clusters = Clustering.of(new float[] {0, 5, 0, 7}, 1, LINEAR);

    assertThat(clusters.centroids()).containsExactly(6);
    assertThat(clusters.labels()).containsExactly(-1, 0, -1, 0);
    assertThat(clusters.shared()).containsExactly(0, 6, 0, 6);
    assertThat(Clustering.of(new float[3], 4, LINEAR).centroids()).isEmpty();
    assertThat(Clustering.of(new float[3], 4, LINEAR).shared()).containsExactly(0, 0, 0);
  }

  @Test
  void anEmptyClusterKeepsItsCentroidAndTiesGoToTheLower() {
    // Centroids start at -1, 0, 1 and 2; nothing is near 0, and 1.5 is as near to 1 as to 2.
    Clustering clusters = Clustering.from(new float[] {-1, 1.5f, 2}, new double[] {-1, 0, 1, 2}, 1);

    assertThat(clusters.centroids()).containsExactly(-1, 0, 1.5f, 2);
    assertThat(clusters.counts()).containsExactly(1, 0, 1, 1);
  }

  @Test
  void ofEqualCentroidsTheLowestHasTheWeights() {
    Clustering clusters = Clustering.from(new float[] {1, 3, 9}, new double[] {2, 2, 9}, 1);

    assertThat(clusters.centroids()).containsExactly(2, 2, 9);
    assertThat(clusters.labels()).containsExactly(0, 0, 2);
  }

  @Test
  void densityPlacesCentroidsWhereWeightsAre() {
    float[] sorted = {1, 2, 3, 4, 5, 6, 7, 100};

    assertThat(new Start.Density().centroids(sorted, 2)).containsExactly(2, 6);
    assertThat(LINEAR.centroids(sorted, 3)).containsExactly(1, 50.5, 100);
  }

  @Test
  void drawnStartsAreWeightsAndFollowTheirSeed() {
    float[] sorted = RandomStream.of(1, "weights").gaussians(500, 1);
    Arrays.sort(sorted);
    for (Start start : List.of(new Start.Random(1), new Start.PlusPlus(1))) {
      double[] drawn = start.centroids(sorted, 16);

      assertThat(drawn).isSorted().doesNotHaveDuplicates();
      for (double centroid : drawn) {
        assertThat(Arrays.binarySearch(sorted, (float) centroid)).isNotNegative();
      }
      assertThat(start.centroids(sorted, 16)).isEqualTo(drawn);
    }
    assertThat(new Start.PlusPlus(2).centroids(sorted, 16))
        .isNotEqualTo(new Start.PlusPlus(1).centroids(sorted, 16));
  }

  @Test
  void farWeightsAreDrawnByKMeansPlusPlus() {
    float[] sorted = new float[1000];
    sorted[0] = 1;
    Arrays.fill(sorted, 1, 999, 1.001f);
    sorted[999] = 50;

    assertThat(new Start.PlusPlus(3).centroids(sorted, 2)[1]).isEqualTo(50);
  }

  @Test
  void numbersThatAreNoneAndNoClustersAreRefused() {
    assertThatThrownBy(() -> Clustering.of(new float[] {1, Float.NaN}, 2, LINEAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weights that share values must be finite, found NaN at index 1; look at the training's loss");
    assertThatThrownBy(() -> Clustering.of(new float[] {1}, 0, LINEAR))
        .hasMessage("clusters must be 1 or more, found 0");
  }

  @Property(tries = 60)
  void eachRoundIsThatOfThePlainAlgorithm(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 1, max = 99) int seed) {
    float[] weights = RandomStream.of(seed, "weights").gaussians(200, 1);
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    double[] centroids = new Start.Random(seed).centroids(sorted, count);
    double[] plain = centroids.clone();
    for (int round = 0; round < 5; round++) {
      plain = moved(weights, plain);
    }

    Clustering clusters = Clustering.from(weights, centroids, 5);

    for (int i = 0; i < count; i++) {
      assertThat(Math.abs(clusters.centroids()[i] - plain[i])).isLessThan(1e-5);
    }
    for (int i = 0; i < weights.length; i++) {
      assertThat(clusters.labels()[i]).isEqualTo(nearest(weights[i], plain));
    }
  }

  private static double[] moved(float[] weights, double... centroids) {
    double[] sums = new double[centroids.length];
    int[] counts = new int[centroids.length];
    for (float weight : weights) {
      int label = nearest(weight, centroids);
      sums[label] += weight;
      counts[label]++;
    }
    double[] moved = centroids.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = counts[i] == 0 ? moved[i] : sums[i] / counts[i];
    }
    return moved;
  }

  private static int nearest(float weight, double... centroids) {
    int best = 0;
    for (int i = 1; i < centroids.length; i++) {
      if (Math.abs(weight - centroids[i]) < Math.abs(weight - centroids[best])) {
        best = i;
      }
    }
    return best;
  }
}
