package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.Criterion;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Lenet300100;
import kerf.model.Network;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PruningTest {
  private static final Pruning PLAN = Pruning.plan();

  /** The one layer "w", whose weights are 0 to 9. */
  private static final Mask TEN = Mask.of(LayerMask.ones("w", 2, 5));

  private static final Map<String, float[]> DIGITS =
      Map.of("w", new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

  /** Layer "small" holds 1 to 4, layer "large" 10 to 60. */
  private static final Mask TWO =
      Mask.of(LayerMask.ones("small", 4), LayerMask.ones("large", 2, 3));

  private static final Map<String, float[]> WEIGHTS =
      Map.of("small", new float[] {1, -2, 3, -4}, "large", new float[] {10, -20, 30, -40, 50, -60});

  @Test
  void theSmallestMagnitudesGo() {
    Mask mask = PLAN.amount(0.2).mask(TEN, DIGITS);

    assertThat(mask.layer("w").bytes()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(mask.layer("w").apply(DIGITS.get("w")))
        .containsExactly(0, 0, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void anAmountTwiceIsOfWhatIsLeftAndASparsityTwiceIsOfTheWhole() {
    Mask amount = PLAN.amount(0.5).mask(PLAN.amount(0.5).mask(TEN, DIGITS), DIGITS);
    Mask sparsity = PLAN.sparsity(0.5).mask(PLAN.sparsity(0.5).mask(TEN, DIGITS), DIGITS);

    // 10 to 5, then half of 5 is 2 by rounding to even.
    assertThat(amount.kept()).isEqualTo(3);
    assertThat(sparsity.kept()).isEqualTo(5);
  }

  @Test
  void whatIsPrunedStaysPrunedHoweverLargeItWas() {
    Mask present = Mask.of(LayerMask.ones("w", 2, 5).without(8, 9));

    Mask mask = PLAN.amount(0.25).mask(present, DIGITS);

    assertThat(mask.layer("w").bytes()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 0, 0);
  }

  @Test
  void aSparsityBelowThePresentOneLeavesTheMaskAsItIs() {
    Mask present = Mask.of(LayerMask.ones("w", 2, 5).without(9, 8, 7));

    assertThat(PLAN.sparsity(0.2).mask(present, DIGITS)).isEqualTo(present);
  }

  @Test
  void ofEqualMagnitudesExactlyAsManyGoAndTheFirstOnes() {
    Mask mask =
        PLAN.amount(0.3).mask(TEN, Map.of("w", new float[] {1, -1, 1, -1, 1, -1, 1, -1, 1, -1}));

    assertThat(mask.layer("w").bytes()).containsExactly(0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void layerwiseEveryLayerGivesItsShare() {
    Mask mask = PLAN.scope(Scope.LAYERWISE).amount(0.5).mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").bytes()).containsExactly(0, 0, 1, 1);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void globallyTheLayerOfSmallWeightsGivesMore() {
    Mask mask = PLAN.scope(Scope.GLOBAL).amount(0.5).mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").bytes()).containsExactly(0, 0, 0, 0);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 1, 1, 1, 1, 1);
    assertThat(mask.names()).containsExactly("small", "large");
  }

  @Test
  void globalTiesGoToTheEarlierLayer() {
    Map<String, float[]> equal = Map.of("small", new float[4], "large", new float[6]);

    Mask mask = PLAN.scope(Scope.GLOBAL).goal(Goal.count(5)).mask(TWO, equal);

    assertThat(mask.layer("small").kept()).isZero();
    assertThat(mask.layer("large").bytes()).containsExactly(0, 1, 1, 1, 1, 1);
  }

  @Test
  void aLayerWithAGoalOfItsOwnCompetesWithinItself() {
    Mask mask = PLAN.scope(Scope.GLOBAL).amount(0.5).amount("small", 0.25).mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").bytes()).containsExactly(0, 1, 1, 1);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void aKeptLayerIsLeftAloneAndDoesNotCount() {
    Mask mask = PLAN.scope(Scope.GLOBAL).sparsity(0.5).keep("small").mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").kept()).isEqualTo(4);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void rowsGoWholeAndKeepTheHolesTheyHad() {
    Mask present = Mask.of(LayerMask.ones("w", 3, 2).without(4));
    Map<String, float[]> weights = Map.of("w", new float[] {5, 5, 1, 1, 9, 1.5f});

    Mask mask = PLAN.granularity(Granularity.slices(0)).amount(0.5).mask(present, weights);

    // Row norms 10, 2 and, its 9 being pruned, 1.5: of three rows 1.5, rounded to 2, go.
    assertThat(mask.layer("w").bytes()).containsExactly(1, 1, 0, 0, 0, 0);
  }

  @Test
  void globallyGroupsOfDifferentSizesAreComparedByTheirMeans() {
    Mask present = Mask.of(LayerMask.ones("wide", 1, 4), LayerMask.ones("narrow", 1, 2));
    Map<String, float[]> weights =
        Map.of("wide", new float[] {2, 2, 2, 2}, "narrow", new float[] {3, 3});
    Pruning plan = PLAN.granularity(Granularity.slices(0)).scope(Scope.GLOBAL).goal(Goal.count(1));

    assertThat(plan.mask(present, weights).layer("wide").kept()).isZero();
  }

  @Test
  void aLambdaDecidesAsWellAsMagnitude() {
    Criterion largestFirst =
        layer -> {
          float[] scores = new float[layer.values().length];
          for (int i = 0; i < scores.length; i++) {
            scores[i] = -layer.values()[i];
          }
          return scores;
        };

    Mask mask = PLAN.criterion(largestFirst).goal(Goal.count(2)).mask(TEN, DIGITS);

    assertThat(mask.layer("w").bytes()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
  }

  @Test
  void randomPruningUnderOneSeedIsNested() {
    Pruning plan = PLAN.criterion(Criterion.random(3));
    Mask once = plan.sparsity(0.3).mask(TEN, DIGITS);

    Mask further = plan.sparsity(0.6).mask(once, DIGITS);

    assertThat(further).isEqualTo(plan.sparsity(0.6).mask(TEN, DIGITS));
    assertThat(further.isSubsetOf(once)).isTrue();
  }

  @Test
  void anOutOfTheWayNaNUnderTheMaskDoesNoHarm() {
    Mask present = Mask.of(LayerMask.ones("w", 3).without(1));

    Mask mask = PLAN.goal(Goal.count(1)).mask(present, Map.of("w", new float[] {2, Float.NaN, 1}));

    assertThat(mask.layer("w").bytes()).containsExactly(1, 0, 0);
  }

  @Test
  void aPlanIsAValue() {
    Pruning plan = PLAN.sparsity(0.9).keep("fc3").amount("fc2", 0.1);

    assertThat(plan)
        .isEqualTo(Pruning.plan().sparsity(0.9).amount("fc2", 0.1).keep("fc3"))
        .isNotEqualTo(PLAN);
    assertThat(plan.goal()).isEqualTo(Goal.sparsity(0.9));
    assertThat(plan.keep()).containsExactly("fc3");
    assertThat(PLAN.keep()).isEmpty();
  }

  @Test
  void prunesANetworkAndLeavesItAsItWas() {
    Network dense = new Lenet300100().initialize(1);
    Pruning plan = PLAN.scope(Scope.GLOBAL).sparsity(0.9).keep("fc3");

    Network sparse = plan.prune(dense);

    assertThat(dense.mask().sparsity()).isZero();
    assertThat(sparse.mask()).isEqualTo(plan.mask(dense)).isEqualTo(plan.prune(dense).mask());
    assertThat(sparse.mask().layer("fc3").sparsity()).isZero();
    assertThat(sparse.mask().size() - sparse.mask().kept()).isEqualTo(238_680);
    assertThat(sparse.weights("fc1"))
        .isEqualTo(sparse.mask().layer("fc1").apply(dense.weights("fc1")));
  }

  @Property(tries = 300)
  void exactlyKGoAndNothingComesBack(
      @ForAll @Size(12) List<@FloatRange(min = -1, max = 1) Float> first,
      @ForAll @Size(7) List<@FloatRange(min = -1, max = 1) Float> second,
      @ForAll @DoubleRange(min = 0, max = 0.99) double amount,
      @ForAll Scope scope) {
    Mask present = Mask.of(LayerMask.ones("a", 3, 4).without(0, 5), LayerMask.ones("b", 7));
    Map<String, float[]> weights = Map.of("a", floats(first), "b", floats(second));

    Mask mask = PLAN.scope(scope).amount(amount).mask(present, weights);

    double gone =
        scope == Scope.GLOBAL
            ? Math.rint(amount * 17)
            : Math.rint(amount * 10) + Math.rint(amount * 7);
    assertThat(present.kept() - mask.kept()).isEqualTo((long) gone);
    assertThat(mask.isSubsetOf(present)).isTrue();
    assertThat(PLAN.scope(scope).amount(amount).mask(present, weights)).isEqualTo(mask);
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  @Test
  void refusesScoresThatAreNoNumbers() {
    Map<String, float[]> weights = Map.of("w", new float[] {0, 1, 2, Float.NaN, 4, 5, 6, 7, 8, 9});

    assertThatThrownBy(() -> PLAN.mask(TEN, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scores of w must be numbers, found NaN at index 3 from Magnitude[norm=Norm[order=1.0]];"
                + " look for NaN in its weights");
  }

  @Test
  void refusesAnotherNumberOfScores() {
    Pruning plan = PLAN.criterion(Criterion.named("short", layer -> new float[9]));

    assertThatThrownBy(() -> plan.mask(TEN, DIGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("criterion must give w a score a weight, that is 10, found 9 from short");
  }

  @Test
  void refusesToKeepAnUnknownLayer() {
    Pruning plan = PLAN.keep("fc9");

    assertThatThrownBy(() -> plan.mask(TWO, WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep names layer fc9, found only small, large");
  }

  @Test
  void refusesAGoalForAnUnknownLayer() {
    Pruning plan = PLAN.sparsity("fc9", 0.5);

    assertThatThrownBy(() -> plan.mask(TWO, WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("goal names layer fc9, found only small, large");
  }

  @Test
  void refusesAGoalForAKeptLayer() {
    Pruning plan = PLAN.sparsity("small", 0.5).keep("small");

    assertThatThrownBy(() -> plan.mask(TWO, WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a layer is kept or has a goal, found both for small");
  }

  @Test
  void refusesWhenEverythingIsKept() {
    Pruning plan = PLAN.keep("small", "large");

    assertThatThrownBy(() -> plan.mask(TWO, WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pruning needs at least one layer, found [small, large] with [small, large] kept");
  }

  @Test
  void refusesWhenWeightsAreMissing() {
    Map<String, float[]> half = new LinkedHashMap<>(WEIGHTS);
    half.remove("large");

    assertThatThrownBy(() -> PLAN.mask(TWO, half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pruning needs the weights of large, found only those of small");
  }

  @Test
  void refusesToPruneMoreThanAllLayersHold() {
    Pruning plan = PLAN.scope(Scope.GLOBAL).goal(Goal.count(11));

    assertThatThrownBy(() -> plan.mask(TWO, WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be at most the 10 still kept in small, large, found 11");
  }

  @Test
  void aThresholdIsOfEachLayersOwnDeviation() {
    Mask present = Mask.of(LayerMask.ones("near", 5, 1), LayerMask.ones("far", 2, 2));
    Map<String, float[]> weights =
        Map.of("near", new float[] {2, -2, 0, 1, -1}, "far", new float[] {10, -10, 10, -10});

    // The deviation of 2, -2, 0, 1, -1 is the root of 2.
    assertThat(PLAN.threshold(1).mask(present, weights).layer("near").bytes())
        .containsExactly(1, 1, 0, 0, 0);
    assertThat(PLAN.threshold(1).mask(present, weights).layer("far").kept()).isEqualTo(4);
    assertThat(PLAN.threshold("near", 0.5).mask(present, weights).layer("near").kept())
        .isEqualTo(4);
    // Together they deviate by the root of (10 + 400) / 9, that is 6.75.
    assertThat(PLAN.scope(Scope.GLOBAL).threshold(1).mask(present, weights).layer("near").kept())
        .isZero();
  }

  @Test
  void aThresholdLooksOnlyAtWhatIsKept() {
    Mask present = Mask.of(LayerMask.ones("w", 2, 5).without(0, 1, 2, 3, 4, 5));

    // 6, 7, 8, 9 deviate by 1.118; the ten digits by 2.87, and thrice that would take 6, 7 and 8.
    assertThat(PLAN.threshold(3).mask(present, DIGITS).kept()).isEqualTo(4);
    assertThat(PLAN.threshold(3).mask(TEN, DIGITS).kept()).isEqualTo(1);
  }
}
