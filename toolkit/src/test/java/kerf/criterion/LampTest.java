package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/**
 * Scores made with PyTorch 2.13:
 *
 * <pre>{@code
 * v, i = (w.flatten() ** 2).sort()
 * tail = v.flip(0).cumsum(0).flip(0)
 * s = torch.empty_like(v); s[i] = v / tail
 * }</pre>
 */
class LampTest {
  private static final Criterion LAMP = new Lamp();

  private static final float[] LARGE = {0.5f, -0.8f, 0.3f, -0.2f, 0.6f, -0.4f};
  private static final float[] SMALL = {0.05f, -0.02f};

  @Test
  void isAShareOfTheSquaresThatAreNotSmaller() {
    float[] expected = {0.2f, 1, 0.06f, 0.025974f, 0.36f, 0.113475f};

    float[] scores = LAMP.scores(new LayerWeights("fc1", new long[] {2, 3}, LARGE));

    for (int i = 0; i < expected.length; i++) {
      assertThat(scores[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void prunedWeightsScoreNothingAndTheLargestScoresOne() {
    float[] scores =
        LAMP.scores(new LayerWeights("fc1", new long[] {1, 4}, new float[] {0, 2, 0, -1}));

    assertThat(scores).containsExactly(0, 1, 0, 0.2f);
  }

  @Test
  void equalWeightsScoreInTheirOrder() {
    float[] scores =
        LAMP.scores(new LayerWeights("fc1", new long[] {1, 4}, new float[] {1, -1, 1, 1}));

    assertThat(scores).containsExactly(1 / 4f, 1 / 3f, 1 / 2f, 1);
  }

  @Test
  void aGlobalScopeEmptiesNoLayer() {
    Mask dense = Mask.of(LayerMask.ones("large", 2, 3), LayerMask.ones("small", 1, 2));
    Pruning plan = Pruning.plan().scope(Scope.GLOBAL).sparsity(0.75);
    Map<String, float[]> weights = Map.of("large", LARGE, "small", SMALL);

    assertThat(plan.mask(dense, weights).layer("small").kept()).isZero();
    assertThat(plan.criterion(LAMP).mask(dense, weights).layer("small").bytes())
        .containsExactly(1, 0);
  }

  @Test
  void rowsTakeThePlaceOfWeights() {
    LayerWeights layer = new LayerWeights("fc1", new long[] {2, 3}, LARGE);
    Groups rows = Granularity.slices(0).groups("fc1", 2, 3);

    float[] scores = LAMP.groupScores(layer, rows, LAMP.scores(layer));

    // 0.56 of 0.98 + 0.56, and the larger row of itself.
    assertThat(scores[0]).isEqualTo(1);
    assertThat(scores[1]).isCloseTo(0.56f / 1.54f, within(1e-6f));
  }
}
