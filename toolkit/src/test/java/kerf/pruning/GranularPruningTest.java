package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kerf.criterion.Criterion;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.granularity.Norm;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans for every granularity. */
class GranularPruningTest {
  private static final Pruning PLAN = Pruning.plan();

  static Stream<Granularity> structured() {
    return Stream.of(
        Granularity.filters(),
        Granularity.inputChannels(),
        Granularity.kernels(),
        Granularity.slices(2),
        Granularity.blocks(2, 5));
  }

  private static float[] ascending(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  /** Two convolutions, the second of weights ten times as large. */
  @ParameterizedTest
  @MethodSource("structured")
  void groupsGoWholeInBothScopes(Granularity granularity) {
    Mask dense = Mask.of(LayerMask.ones("conv1", 4, 2, 3, 3), LayerMask.ones("conv2", 6, 4, 3, 3));
    float[] large = ascending(216);
    for (int i = 0; i < large.length; i++) {
      large[i] *= 10;
    }
    Map<String, float[]> weights = Map.of("conv1", ascending(72), "conv2", large);
    for (Scope scope : Scope.values()) {
      Mask mask = PLAN.granularity(granularity).scope(scope).sparsity(0.5).mask(dense, weights);

      int wanted = 0;
      int all = 0;
      int gone = 0;
      for (LayerMask layer : mask.layers()) {
        Groups own = granularity.groups(layer.name(), layer.shape());
        for (int group = 0; group < own.count(); group++) {
          int kept = 0;
          for (int index : own.indices(group)) {
            kept += layer.keeps(index) ? 1 : 0;
          }
          assertThat(kept).isIn(0, own.members(group));
          gone += kept == 0 ? 1 : 0;
        }
        all += own.count();
        wanted += (int) Math.rint(own.count() / 2.0);
      }
      assertThat(gone).isEqualTo(scope == Scope.GLOBAL ? (int) Math.rint(all / 2.0) : wanted);
      if (scope == Scope.GLOBAL) {
        assertThat(mask.layer("conv2").density()).isGreaterThan(mask.layer("conv1").density());
      }
    }
  }

  /** Root mean square, not length: else the many weights of "wide" would save it. */
  @Test
  void globallyGroupsCompeteByTheirLengthOverTheLengthOfAsManyOnes() {
    Mask dense = Mask.of(LayerMask.ones("wide", 1, 9), LayerMask.ones("narrow", 1, 1));
    Map<String, float[]> weights =
        Map.of("wide", new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, "narrow", new float[] {2});
    Pruning plan =
        PLAN.criterion(Criterion.magnitude(Norm.L2))
            .granularity(Granularity.filters())
            .scope(Scope.GLOBAL)
            .goal(Goal.count(1));

    assertThat(plan.mask(dense, weights).empty()).containsExactly("wide");
  }

  @Test
  void aSmallBlockAtTheEdgeIsComparedByItsOwnSize() {
    Mask dense = Mask.of(LayerMask.ones("fc1", 1, 5));
    Pruning plan = PLAN.granularity(Granularity.blocks(1, 4)).goal(Goal.count(1));

    Mask mask = plan.mask(dense, Map.of("fc1", new float[] {1, 1, 1, 1, 2}));

    assertThat(mask.layer("fc1").bytes()).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void ofEveryFourTheTwoLargestStayAndOfTheRestAtMostTwo() {
    Mask dense = Mask.of(LayerMask.ones("fc1", 2, 7));
    float[] weights = {1, -4, 3, -2, 5, -6, 7, 8, 8, 8, 8, 0, -0f, 1};

    Mask mask = PLAN.granularity(Granularity.nm(2, 4)).mask(dense, Map.of("fc1", weights));

    assertThat(mask.layer("fc1").bytes()).containsExactly(0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 1);
  }

  @Test
  void aPatternCountsWhatIsPrunedAlready() {
    Mask present = Mask.of(LayerMask.ones("fc1", 1, 8).without(3, 4, 5, 6));

    Mask mask = PLAN.granularity(Granularity.nm(2, 4)).mask(present, Map.of("fc1", ascending(8)));

    assertThat(mask.layer("fc1").bytes()).containsExactly(0, 1, 1, 0, 0, 0, 0, 1);
    assertThat(PLAN.granularity(Granularity.nm(2, 4)).mask(mask, Map.of("fc1", ascending(8))))
        .isEqualTo(mask);
  }

  @Property(tries = 200)
  void noRunKeepsMoreThanNAndNoneLosesMoreThanItMust(
      @ForAll @Size(30) List<@FloatRange(min = -1, max = 1) Float> values,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll @IntRange(min = 4, max = 6) int m) {
    float[] weights = new float[30];
    for (int i = 0; i < 30; i++) {
      weights[i] = values.get(i);
    }
    Mask dense = Mask.of(LayerMask.ones("fc1", 3, 10));

    LayerMask mask =
        PLAN.granularity(Granularity.nm(n, m)).mask(dense, Map.of("fc1", weights)).layer("fc1");

    for (int row = 0; row < 3; row++) {
      for (int first = 0; first < 10; first += m) {
        int length = Math.min(m, 10 - first);
        int kept = 0;
        for (int i = 0; i < length; i++) {
          kept += mask.keeps(10 * row + first + i) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(Math.min(n, length));
      }
    }
  }

  @Test
  void refusesAGoalBesideAPattern() {
    Pruning plan = PLAN.granularity(Granularity.nm(2, 4)).sparsity(0.9);
    Mask dense = Mask.of(LayerMask.ones("fc1", 1, 8));
    Map<String, float[]> weights = Map.of("fc1", ascending(8));

    assertThatThrownBy(() -> plan.mask(dense, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nm(2, 4) says by itself how much goes, found "
                + plan
                + " besides; leave goals and floor out");
  }
}
