package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import org.junit.jupiter.api.Test;

/**
 * Ten steps of gradient descent, with the sums of V. Sanh et al.; made with PyTorch 2.13:
 *
 * <pre>{@code
 * torch.set_default_dtype(torch.float64)
 * w = torch.tensor([[0.5, -0.8, 0.3], [-0.2, 0.6, -0.4]], requires_grad=True)
 * x = torch.tensor([[1., 2., -1.], [0., 1., 3.], [2., -1., 1.], [-1., 0., 2.]])
 * y = torch.tensor([[1., 0.], [-1., 2.], [0., 1.], [2., -2.]])
 * s = torch.zeros_like(w); d = torch.zeros_like(w)
 * for _ in range(10):
 *     g, = torch.autograd.grad(((x @ w.T - y) ** 2).mean(), w)
 *     with torch.no_grad():
 *         s += -0.05 * g * w
 *         d += (0.05 * g) ** 2 / 2
 *         w -= 0.05 * g
 * }</pre>
 */
class MovementTest {
  private static final float[] INITIAL = {0.5f, -0.8f, 0.3f, -0.2f, 0.6f, -0.4f};
  private static final float[] TRAINED = {
    0.151446f, -0.27663f, 0.053212f, 0.264997f, 0.365386f, 0.131077f
  };
  private static final float[] SANH = {
    -0.119839f, -0.296113f, -0.047452f, 0.003953f, -0.116135f, -0.089637f
  };
  private static final float[] HALF_SQUARED_STEPS = {
    0.006307f, 0.014375f, 0.003868f, 0.011158f, 0.002889f, 0.018228f
  };

  private static final LayerWeights LAYER =
      new LayerWeights(
          "fc1",
          new long[] {2, 3},
          TRAINED,
          Subject.unknown().knowing(new InitialWeights(), Map.of("fc1", INITIAL)));

  private static final Groups ROWS = Granularity.slices(0).groups("fc1", 2, 3);

  @Test
  void isThePapersSumButForHalfTheSquaredSteps() {
    float[] scores = new Movement().scores(LAYER);

    for (int i = 0; i < scores.length; i++) {
      assertThat(scores[i]).isCloseTo(SANH[i] + HALF_SQUARED_STEPS[i], within(2e-6f));
    }
  }

  @Test
  void aGroupMovesByTheMeanOfItsWeightsSignAndAll() {
    float[] scores = new Movement().groupScores(LAYER, ROWS, new float[] {1, -4, 0, 3, 2, 1});

    assertThat(scores).containsExactly(-1, 2);
  }

  @Test
  void theInitialMagnitudeForgetsTheTraining() {
    assertThat(new InitialMagnitude().scores(LAYER))
        .containsExactly(0.5f, 0.8f, 0.3f, 0.2f, 0.6f, 0.4f);
  }

  @Test
  void theIncreaseOfAMagnitudeIsSignedButTheWeightsSignsAreForgotten() {
    float[] scores = new MagnitudeIncrease().scores(LAYER);

    assertThat(scores[1]).isEqualTo(0.27663f - 0.8f);
    assertThat(scores[3]).isEqualTo(0.264997f - 0.2f);
    assertThat(new MagnitudeIncrease().groupScores(LAYER, ROWS, new float[] {1, -4, 0, 3, 2, 1}))
        .containsExactly(-1, 2);
  }
}
