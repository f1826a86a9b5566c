package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/**
 * Scores made with PyTorch 2.13 on {@link TinyNetwork}, by differentiating twice:
 *
 * <pre>{@code
 * loss = F.cross_entropy(F.linear(torch.relu(F.linear(x, w1, b1)), w2, b2) / 2, y)
 * g = torch.autograd.grad(loss, (w1, w2), create_graph=True)
 * h = torch.autograd.grad(sum((a.detach() * a).sum() for a in g), (w1, w2))
 * w1 * h[0], w2 * h[1]
 * }</pre>
 */
class GraspTest {
  private static final float[] FC1 = {
    0.0635074f, 0.00264824f, 0.07194077f, -0.00742637f, 0.04455822f, 0.01485274f,
    -0.03433945f, 0.00803677f, 0.03909612f, -0.0309209f, 0.00143676f, 0.16020093f
  };
  private static final float[] FC2 = {
    0.07392561f, 0.04100986f, -0.01384336f, 0.13936125f,
    0.09240701f, 0.02050493f, 0.05537343f, 0.01990875f
  };

  private static final Grasp TWO = new Grasp(2);
  private static final Grasp.HessianGradient PRODUCT = new Grasp.HessianGradient(2);

  @Test
  void isTheWeightTimesTheHessianTimesTheGradient() {
    Map<String, float[]> found = PRODUCT.find(TinyNetwork.network(), 4, TinyNetwork.data());
    Subject subject = Subject.unknown().knowing(PRODUCT, found);

    assertThat(TWO.scores(TinyNetwork.layer("fc1", subject))).containsExactly(FC1, within(1e-6f));
    assertThat(TWO.scores(TinyNetwork.layer("fc2", subject))).containsExactly(FC2, within(1e-6f));
  }

  /** On {@link TinyNetwork#normalized}, at temperature 1. */
  @Test
  void theHessianReachesThroughBatchStatistics() {
    float[] expected = {
      0.03193211f, -0.04017553f, -0.03947764f, -0.00719483f, -0.03645751f, 0.01874321f,
      -0.01772537f, -0.00046734f, 0.00470811f, -0.11242133f, 0.01672336f, -0.09331762f
    };
    Grasp.HessianGradient product = new Grasp.HessianGradient(1);

    Map<String, float[]> found = product.find(TinyNetwork.normalized(), 4, TinyNetwork.data());

    Subject subject = Subject.unknown().knowing(product, found);
    assertThat(new Grasp(1).scores(TinyNetwork.layer("fc1", subject)))
        .containsExactly(expected, within(1e-6f));
  }

  /** With w2[:, 1] pruned; the gradient there is multiplied by 0 before it meets the Hessian. */
  @Test
  void prunedWeightsHaveNoPartInTheGradient() {
    float[] masked = {0.06427387f, 0.00326141f, 0.07217071f, 0, 0, 0};
    Mask mask = Mask.of(LayerMask.ones("fc1", 4, 3), LayerMask.ones("fc2", 2, 4).without(1, 5));

    Map<String, float[]> found =
        PRODUCT.find(TinyNetwork.network().masked(mask), 4, TinyNetwork.data());

    Subject subject = Subject.unknown().knowing(PRODUCT, found);
    float[] scores = TWO.scores(TinyNetwork.layer("fc1", subject));
    assertThat(Arrays.copyOf(scores, 6)).containsExactly(masked, within(1e-6f));
  }

  @Test
  void signedScoresOfAGroupCancel() {
    LayerWeights layer = TinyNetwork.layer("fc2", Subject.unknown());
    float[] scores = {1, -1, 0, 0, 1, 2, 0, 1};

    assertThat(TWO.groupScores(layer, Granularity.slices(0).groups("fc2", 2, 4), scores))
        .containsExactly(0, 1);
  }

  @Test
  void prunesBeforeTrainingTheSameEveryTime() {
    Network network = new Lenet300100().initialize(1);
    Samples samples = Datasets.mnist().train().sample(100, 1);
    Pruning plan =
        Pruning.plan().criterion(new Grasp(200)).scope(Scope.GLOBAL).sparsity(0.8).data(samples);

    assertThat(plan.mask(network)).isEqualTo(plan.mask(network));
  }

  @Test
  void refusesATemperatureOfNothing() {
    assertThatThrownBy(() -> new Grasp(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("temperature must be above 0, found 0.0");
  }
}
