package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SmallestTest {
  private static int[] chosen(float[] scores, int k) {
    return Smallest.of(scores, k).stream().toArray();
  }

  @Test
  void choosesTheSmallest() {
    assertThat(chosen(new float[] {3, 1, 2}, 2)).containsExactly(1, 2);
  }

  @Test
  void choosesNoneOrAll() {
    assertThat(chosen(new float[] {3, 1, 2}, 0)).isEmpty();
    assertThat(chosen(new float[0], 0)).isEmpty();
    assertThat(chosen(new float[] {3, 1, 2}, 3)).containsExactly(0, 1, 2);
  }

  @Test
  void ofEqualScoresTheFirstGo() {
    assertThat(chosen(new float[10], 3)).containsExactly(0, 1, 2);
    assertThat(chosen(new float[] {1, 0, 1, 0, 1}, 3)).containsExactly(0, 1, 3);
  }

  @Test
  void minusZeroEqualsZero() {
    assertThat(chosen(new float[] {0, -0f, 0, -0f}, 2)).containsExactly(0, 1);
  }

  @Test
  void ordersNegativeSubnormalAndInfiniteScores() {
    float[] scores = {
      Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE, 0, Float.NEGATIVE_INFINITY, -1, -2
    };

    assertThat(chosen(scores, 1)).containsExactly(4);
    assertThat(chosen(scores, 3)).containsExactly(4, 5, 6);
    assertThat(chosen(scores, 4)).containsExactly(2, 4, 5, 6);
    assertThat(chosen(scores, 5)).containsExactly(2, 3, 4, 5, 6);
    assertThat(chosen(scores, 6)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void whatIsNoNumberIsNeverChosen() {
    assertThat(chosen(new float[] {Float.NaN, 2, Float.POSITIVE_INFINITY, 1}, 3))
        .containsExactly(1, 2, 3);
  }

  @Test
  void severalArraysCompeteAsOneAndEqualScoresGoInTheirOrder() {
    List<BitSet> chosen = Smallest.of(List.of(new float[] {5, 1}, new float[] {1, 0, 1}), 3);

    assertThat(chosen.get(0).stream()).containsExactly(1);
    assertThat(chosen.get(1).stream()).containsExactly(0, 1);
  }

  @Property(tries = 500)
  void choosesAsAStableSortWould(
      @ForAll @Size(max = 60) List<@FloatRange(min = -2, max = 2) Float> scores,
      @ForAll @IntRange(max = 60) int wanted,
      @ForAll boolean coarse) {
    float[] values = new float[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = coarse ? (float) Math.rint(scores.get(i)) + 0f : scores.get(i);
    }
    int k = Math.min(wanted, values.length);
    int[] sorted =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparing(i -> values[i] + 0f))
            .limit(k)
            .mapToInt(i -> i)
            .sorted()
            .toArray();

    assertThat(chosen(values, k)).containsExactly(sorted);
  }
}
