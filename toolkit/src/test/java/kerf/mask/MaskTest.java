package kerf.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static final LayerMask FC1 =
      LayerMask.of("fc1", new long[] {2, 3}, new byte[] {1, 0, 1, 0, 0, 1});
  private static final LayerMask FC2 = LayerMask.ones("fc2", 2);
  private static final Mask MASK = Mask.of(FC1, FC2);

  @Test
  void countsOverAllLayers() {
    assertThat(MASK.size()).isEqualTo(8);
    assertThat(MASK.kept()).isEqualTo(5);
    assertThat(MASK.density()).isEqualTo(0.625);
    assertThat(MASK.sparsity()).isEqualTo(0.375);
    assertThat(MASK.rows())
        .containsExactly(
            new LayerDensity("fc1", "2×3", 6, 3, 0.5), new LayerDensity("fc2", "2", 2, 0, 0));
    assertThat(MASK).hasToString("mask of 2 layers: 5 of 8 weights kept, sparsity 0.3750");
  }

  @Test
  void keepsTheOrderOfTheNetwork() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("z", new long[] {1});
    shapes.put("a", new long[] {2, 2});

    Mask ones = Mask.ones(shapes);

    assertThat(ones.names()).containsExactly("z", "a");
    assertThat(ones.shapes().get("a")).containsExactly(2, 2);
    assertThat(ones.density()).isEqualTo(1);
  }

  @Test
  void equalityAndHashDoNotDependOnTheOrder() {
    Mask turned = Mask.of(FC2, FC1);

    assertThat(turned).isEqualTo(MASK).hasSameHashCodeAs(MASK);
    assertThat(turned.hash()).isEqualTo(MASK.hash());
  }

  @Test
  void theHashIsTheSameOnEveryMachine() {
    assertThat(MASK.hash())
        .isEqualTo("6ff2717aa48f705c26ce3b69a66190e2d27a005451bab118a2fd29eeb606eb2c");
  }

  @Test
  void theHashTellsNamesShapesAndBitsApart() {
    assertThat(MASK.hash())
        .isNotEqualTo(Mask.of(FC1.without(0), FC2).hash())
        .isNotEqualTo(Mask.of(FC1).hash())
        .isNotEqualTo(Mask.of(LayerMask.of("fc1", new long[] {3, 2}, FC1.bytes()), FC2).hash());
  }

  @Test
  void combinesByWhatBothKeep() {
    Mask other =
        Mask.of(LayerMask.of("fc1", new long[] {2, 3}, new byte[] {1, 1, 0, 0, 0, 1}), FC2);

    Mask both = MASK.and(other);

    assertThat(both.layer("fc1").bytes()).containsExactly(1, 0, 0, 0, 0, 1);
    assertThat(both.isSubsetOf(MASK)).isTrue();
    assertThat(MASK.isSubsetOf(both)).isFalse();
    assertThat(MASK.jaccard(other)).isEqualTo(4 / 6.0);
    assertThat(MASK.layer("fc1").jaccard(other.layer("fc1"))).isEqualTo(0.5);
  }

  @Test
  void jaccardIsOneForEqualMasksEvenEmptyOnes() {
    Mask nothing = Mask.of(LayerMask.ones("fc1", 1).without(0));

    assertThat(MASK.jaccard(MASK)).isEqualTo(1);
    assertThat(nothing.jaccard(nothing)).isEqualTo(1);
    assertThat(nothing.layer("fc1").jaccard(nothing.layer("fc1"))).isEqualTo(1);
  }

  @Test
  void aMaskOfNothingPrunesNothing() {
    Mask nothing = Mask.ones(Map.of());

    assertThat(nothing.density()).isEqualTo(1);
    assertThat(nothing.sparsity()).isZero();
  }

  @Test
  void randomMasksKeepTheCountOfEachLayerAndDependOnTheSeed() {
    Mask like =
        Mask.of(
            LayerMask.ones("a", 1000).without(1, 2, 3),
            LayerMask.of("b", new long[] {1000}, new byte[1000]),
            LayerMask.ones("c", 7));

    Mask random = like.shuffled(1);

    assertThat(random.rows()).isEqualTo(like.rows());
    assertThat(random).isEqualTo(like.shuffled(1)).isNotEqualTo(like.shuffled(2));
    assertThat(Mask.of(like.layer("a")).shuffled(1).layer("a")).isEqualTo(random.layer("a"));
  }

  @Test
  void randomMasksKeepEveryWeightEquallyOften() {
    Mask like = Mask.of(LayerMask.of("a", new long[] {4}, new byte[] {1, 0, 0, 0}));
    int[] times = new int[4];
    for (int seed = 0; seed < 4000; seed++) {
      times[like.shuffled(seed).layer("a").survivors()[0]]++;
    }

    // Four standard deviations of a binomial (4000, 1/4) are 110.
    assertThat(Arrays.stream(times)).allSatisfy(n -> assertThat(n).isBetween(890, 1110));
  }

  @Property(tries = 300)
  void whatBothKeepIsASubsetOfBothAndSymmetric(
      @ForAll @Size(9) boolean[] a, @ForAll @Size(9) boolean[] b) {
    Mask first = Mask.of("w", new long[] {3, 3}, a);
    Mask second = Mask.of("w", new long[] {3, 3}, b);

    Mask both = first.and(second);

    assertThat(both).isEqualTo(second.and(first));
    assertThat(both.isSubsetOf(first)).isTrue();
    assertThat(first.jaccard(second)).isEqualTo(second.jaccard(first)).isBetween(0.0, 1.0);
    assertThat(first.hash().equals(second.hash())).isEqualTo(first.equals(second));
  }

  @Test
  void refusesTwoMasksOfOneLayer() {
    assertThatThrownBy(() -> Mask.of(FC1, FC1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("each layer must have one mask, found two for fc1; a.and(b) combines them");
  }

  @Test
  void refusesUnknownLayers() {
    assertThatThrownBy(() -> MASK.layer("fc9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask has no layer fc9, found fc1, fc2");
  }

  @Test
  void refusesToCombineOtherShapes() {
    Mask other = Mask.of(LayerMask.ones("fc1", 3, 2), FC2);

    assertThatThrownBy(() -> MASK.and(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask of fc1 has shape 2×3, found 3×2 in the other mask; masks combine only with masks of"
                + " the same architecture");
  }

  @Test
  void refusesToCombineOtherLayers() {
    Mask other = Mask.of(FC1);

    assertThatThrownBy(() -> MASK.jaccard(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask has layers fc1, fc2, found fc1 in the other mask; masks combine only with masks of"
                + " the same architecture");
  }

  @Test
  void fitsANetworkThatHasMoreLayers() {
    MASK.requireFits(
        "toy", Map.of("fc1", new long[] {2, 3}, "fc2", new long[] {2}, "fc3", new long[] {1}));
  }

  @Test
  void refusesANetworkOfAnotherShape() {
    Map<String, long[]> shapes = Map.of("fc1", new long[] {500, 784});
    Mask mask = Mask.ones(Map.of("fc1", new long[] {300, 784}));

    assertThatThrownBy(() -> mask.requireFits("lenet500", shapes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask of fc1 has shape 300×784, found 500×784 in network lenet500; masks fit only the"
                + " architecture they were made from");
  }

  @Test
  void refusesANetworkWithoutTheLayer() {
    Map<String, long[]> shapes = Map.of("conv1", new long[] {1});

    assertThatThrownBy(() -> MASK.requireFits("lenet5", shapes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mask of fc1 has shape 2×3, found only conv1 in network lenet5; masks fit only the"
                + " architecture they were made from");
  }
}
