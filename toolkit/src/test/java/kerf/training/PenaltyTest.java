package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.Map;
import kerf.data.Datasets;
import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

/**
 * Penalties of a linear layer of five inputs and three outputs, of which one is 0. The expected
 * numbers are those of PyTorch 2.13: {@code (.5 * w.norm(dim=1).sum()).backward()}, and so on.
 */
class PenaltyTest {
  private static final float[] WEIGHTS = {3, -4, 0, 1, 2, 0, 0, 0, 0, 0, 1, -2, 2, -1, .5f};
  private static final Network NETWORK =
      Network.of(new SequentialBlock().add(Linear.builder().setUnits(3).build()), 5)
          .revalued(Map.of("fc1.weight", WEIGHTS, "fc1.bias", new float[] {1, 2, 3}));

  @Test
  void magnitudes() {
    assertPenalty(
        new WeightL1(.5, List.of()), 8.25, .5, -.5, 0, .5, .5, 0, 0, 0, 0, 0, .5, -.5, .5, -.5, .5);
  }

  @Test
  void rows() {
    assertPenalty(
        lasso(Granularity.slices(0)),
        4.33939409,
        .27386126,
        -.36514837,
        0,
        .09128709,
        .18257418,
        0,
        0,
        0,
        0,
        0,
        .15617377,
        -.31234753,
        .31234753,
        -.15617377,
        .07808689);
  }

  @Test
  void columns() {
    assertPenalty(
        lasso(Granularity.slices(1)),
        6.55508995,
        .47434163,
        -.44721359,
        0,
        .35355338,
        .48507127,
        0,
        0,
        0,
        0,
        0,
        .15811388,
        -.22360680,
        .5,
        -.35355338,
        .12126782);
  }

  @Test
  void scales() {
    Network normalized =
        Network.of(
                new SequentialBlock()
                    .add(Linear.builder().setUnits(3).build())
                    .add(BatchNorm.builder().build()),
                5)
            .revalued(
                Map.of(
                    "fc1.weight", WEIGHTS,
                    "fc1.bias", new float[3],
                    "bn1.gamma", new float[] {2, 0, -1},
                    "bn1.beta", new float[] {4, 5, 6},
                    "bn1.runningMean", new float[3],
                    "bn1.runningVar", new float[] {1, 1, 1}));
    Penalty scales = new ScaleL1(.25);

    Network after = down(normalized, scales);

    assertThat(scales.value(normalized)).isEqualTo(.75);
    assertThat(after.values("bn1.gamma")).containsExactly(1.75f, 0, -.75f);
    assertThat(after.values("bn1.beta")).containsExactly(4, 5, 6);
    assertThat(after.values("fc1.weight")).containsExactly(WEIGHTS);
  }

  @Test
  void penaltiesAddUpAndMayBeConfined() {
    Network after =
        down(NETWORK, new WeightL1(.5, List.of()).on("fc1"), new WeightL1(.25, List.of()));

    assertThat(after.weights("fc1")[0]).isEqualTo(2.25f);
  }

  @Test
  void prunedWeightsStayZero() {
    boolean[] kept = new boolean[15];
    kept[1] = true;
    Network pruned = NETWORK.masked(Mask.of("fc1", new long[] {3, 5}, kept));

    Network after = down(pruned, lasso(Granularity.slices(0)));

    assertThat(after.weights("fc1")[1]).isEqualTo(-3.5f);
    assertThat(after.mask().layer("fc1")).isEqualTo(LayerMask.of("fc1", new long[] {3, 5}, kept));
    assertThat(after.weights("fc1")[0]).isZero();
  }

  @Test
  void penalizedTrainingMakesWeightsSmaller() {
    Network start =
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build()),
            1,
            8,
            8);
    Training plan = Training.defaults().until(Step.iterations(100)).batch(32);
    WeightL1 penalty = new WeightL1(1e-2, List.of());

    Trained free = plan.resume(Checkpoint.start(start), Datasets.digits());
    Trained held = plan.penalty(penalty).resume(Checkpoint.start(start), Datasets.digits());

    assertThat(penalty.value(held)).isLessThan(0.8 * penalty.value(free));
  }

  @Test
  void printThemselvesForAnIdentity() {
    assertThat(
            Training.defaults()
                .penalty(new WeightL1(1e-4, List.of()).on("fc1", "fc2"))
                .penalty(new ScaleL1(1e-4))
                .penalties())
        .hasToString("[l1(1.0E-4).on[fc1, fc2], batchNormScaleL1(1.0E-4)]");
  }

  @Test
  void refuseWhatIsNotThere() {
    assertThatThrownBy(() -> new WeightL1(0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("strength of a penalty must be above 0 and finite, found 0.0");
    Penalty elsewhere = new WeightL1(1, List.of()).on("fc2");
    assertThatThrownBy(() -> elsewhere.value(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("penalty names layer fc2, found only fc1");
    assertThatThrownBy(() -> new ScaleL1(1).value(NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batchNormScaleL1 needs a network with batch normalization, found none in "
                + NETWORK.architecture().describe()
                + "; use l1 or groupLasso");
  }

  private static GroupLasso lasso(Granularity granularity) {
    return new GroupLasso(.5, granularity, List.of());
  }

  private static void assertPenalty(Penalty penalty, double value, double... gradient) {
    Network after = down(NETWORK, penalty);
    float[] weights = after.weights("fc1");

    assertThat(penalty.value(NETWORK)).isCloseTo(value, within(1e-6));
    for (int i = 0; i < gradient.length; i++) {
      assertThat((double) WEIGHTS[i] - weights[i])
          .as("element %d", i)
          .isCloseTo(gradient[i], within(1e-6));
    }
    assertThat(after.values("fc1.bias")).containsExactly(1, 2, 3);
  }

  /** Takes a step of rate 1 down the gradient of the penalties alone. */
  private static Network down(Network network, Penalty... penalties) {
    Training plan = Training.defaults().optimizer(new Sgd(1));
    for (Penalty penalty : penalties) {
      plan = plan.penalty(penalty);
    }
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(network), 1)) {
      List<NDArray> none =
          run.session().trained().stream().map(spec -> scope.zeros(spec.shape())).toList();
      run.step(scope.zeros(2, 5), outputs -> Value.of(none), 1);
      return run.network();
    }
  }
}
