package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
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

/** Layer "small" holds 1 to 4, layer "large" 10 to 60. */
class FloorTest {
  private static final Pruning PLAN = Pruning.plan().scope(Scope.GLOBAL);
  private static final Mask TWO =
      Mask.of(LayerMask.ones("small", 4), LayerMask.ones("large", 2, 3));
  private static final Map<String, float[]> WEIGHTS =
      Map.of("small", new float[] {1, -2, 3, -4}, "large", new float[] {10, -20, 30, -40, 50, -60});

  @Test
  void withoutAFloorALayerMayLoseEverythingAndSaysSo() {
    Mask mask = PLAN.sparsity(0.5).mask(TWO, WEIGHTS);

    assertThat(mask.empty()).containsExactly("small");
    assertThat(mask)
        .hasToString(
            "mask of 2 layers: 5 of 10 weights kept, sparsity 0.5000; nothing left of small");
  }

  @Test
  void aNetworkWithAnEmptyLayerSaysSo() {
    Network network = new Lenet300100().initialize(1);
    Network empty =
        network.masked(
            Mask.of(
                network.mask().layer("fc1"),
                network.mask().layer("fc2"),
                LayerMask.of("fc3", new long[] {10, 100}, new boolean[1000])));

    assertThat(empty)
        .hasToString(
            network
                .toString()
                .replace("0 pruned (0.0 %)", "1,000 pruned (0.4 %); nothing left of fc3"));
    assertThat(empty.bundle().parts().get("text/plain").toString()).contains("nothing left of fc3");
  }

  @Test
  void theBestOfEachLayerStayAndOthersGiveMore() {
    Mask mask = PLAN.sparsity(0.5).floor(0.5).mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").bytes()).containsExactly(0, 0, 1, 1);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void anyFloorIsAtLeastOneOfALayer() {
    Mask mask = PLAN.sparsity(0.5).floor(1e-6).mask(TWO, WEIGHTS);

    assertThat(mask.layer("small").bytes()).containsExactly(0, 0, 0, 1);
    assertThat(mask.layer("large").bytes()).containsExactly(0, 0, 1, 1, 1, 1);
  }

  @Test
  void aFloorIsOfTheDenseLayerAndWinsOverTheGoal() {
    Mask once = PLAN.scope(Scope.LAYERWISE).amount(0.5).floor(0.5).mask(TWO, WEIGHTS);
    Mask twice = PLAN.scope(Scope.LAYERWISE).amount(0.5).floor(0.5).mask(once, WEIGHTS);

    assertThat(once.kept()).isEqualTo(5);
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void aFloorCountsGroups() {
    Mask rows = Mask.of(LayerMask.ones("a", 2, 2), LayerMask.ones("b", 2, 2));
    Map<String, float[]> weights =
        Map.of("a", new float[] {1, 1, 2, 2}, "b", new float[] {5, 5, 6, 6});

    Mask mask = PLAN.granularity(Granularity.rows()).sparsity(0.5).floor(0.1).mask(rows, weights);

    assertThat(mask.layer("a").bytes()).containsExactly(0, 0, 1, 1);
    assertThat(mask.layer("b").bytes()).containsExactly(0, 0, 1, 1);
  }

  @Property(tries = 300)
  void noLayerFallsBelowItsFloorAndTheGoalIsMetWhereItCanBe(
      @ForAll @Size(12) List<@FloatRange(min = -1, max = 1) Float> first,
      @ForAll @Size(7) List<@FloatRange(min = -1, max = 1) Float> second,
      @ForAll @DoubleRange(min = 0, max = 0.99) double sparsity,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double floor) {
    Mask dense = Mask.of(LayerMask.ones("a", 3, 4), LayerMask.ones("b", 7));
    float[] a = new float[12];
    float[] b = new float[7];
    for (int i = 0; i < 12; i++) {
      a[i] = first.get(i);
    }
    for (int i = 0; i < 7; i++) {
      b[i] = second.get(i);
    }

    Mask mask = PLAN.sparsity(sparsity).floor(floor).mask(dense, Map.of("a", a, "b", b));

    int stayA = (int) Math.ceil(12 * floor - 1e-9);
    int stayB = (int) Math.ceil(7 * floor - 1e-9);
    assertThat(mask.layer("a").kept()).isGreaterThanOrEqualTo(stayA);
    assertThat(mask.layer("b").kept()).isGreaterThanOrEqualTo(stayB);
    assertThat(19 - mask.kept())
        .isEqualTo(Math.min((long) Math.rint(19 * sparsity), 19 - stayA - stayB));
  }

  @Test
  void refusesWhatIsNoFraction() {
    assertThatThrownBy(() -> PLAN.floor(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floor must be a fraction in [0, 1), found 2.0; for 2.0% write 0.02");
  }

  @Test
  void plansSavedBeforeThereWereFloorsKeepTheirText() {
    assertThat(PLAN.amount("fc3", 0.1).keep("fc1"))
        .hasToString(
            "Pruning[criterion=Magnitude[norm=Norm[order=1.0]], granularity=Weights[],"
                + " scope=GLOBAL, goal=Amount[fraction=0.2], overrides={fc3=Amount[fraction=0.1]},"
                + " keep=[fc1]]");
    assertThat(PLAN.floor(0.02).toString()).endsWith("keep=[], floor=0.02]");
  }
}
