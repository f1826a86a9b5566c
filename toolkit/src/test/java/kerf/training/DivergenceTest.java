package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.DivergedException;
import kerf.model.Mlp;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Network START = Mlp.of(64, 16, 10).initialize(1);

  /** A rate at which squared errors square themselves. */
  private static final Training PLAN =
      Training.defaults()
          .loss(new MeanSquaredError())
          .optimizer(new Sgd(1e4))
          .batch(32)
          .until(Step.iterations(40))
          .evaluateEvery(Step.iterations(10));

  @Test
  void aLossThatIsNotFiniteStopsTheTraining() {
    assertThatThrownBy(() -> PLAN.train(START, DATA))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training diverged: a loss of (NaN|Infinity) by iteration \\d of 40, the last finite one"
                + " \\d.*; try a smaller learning rate than 10000.0, .clipNorm\\(1\\) on the"
                + " optimizer, or .goOnDiverged\\(\\)");
  }

  /** The rate becomes 1e18 at iteration 18, and the loss is looked at every 16. */
  @Test
  void aLossLostBetweenTwoLooksIsNamedByTheSecond() {
    Training plan =
        PLAN.optimizer(new Sgd(0.01))
            .learningRate(new LearningRate.Drop(1e20, List.of(Step.iterations(18))))
            .until(Step.iterations(200))
            .evaluateEvery(Step.iterations(200));
    assertThatThrownBy(() -> plan.train(START, DATA))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training diverged: a loss of (NaN|Infinity) by iteration 32 of 200, the last finite one"
                + " \\d.*");
  }

  @Test
  void aPlanCanSayGoOn() {
    Trained trained = PLAN.goOnDiverged().train(START, DATA);

    assertThat(trained.history().last().iteration()).isEqualTo(40);
    assertThat(trained.history().diverged()).contains(10L);
    assertThat(trained.history().last().testAccuracy()).isNaN();
    assertThat(trained.history().last().validationAccuracy()).isNaN();
    assertThat(trained.toString())
        .endsWith("trained for 40 iterations, diverged: no finite loss from iteration 10 on");
    assertThatThrownBy(() -> Evaluator.measure(trained, DATA.test()))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("a number that is not finite");
    assertThatThrownBy(() -> PLAN.train(trained, DATA)).isInstanceOf(DivergedException.class);
  }

  @Test
  void whatDoesNotDivergeIsTheSameEitherWay() {
    Training plan = PLAN.optimizer(new Sgd(0.1));
    Trained one = plan.train(START, DATA);
    Trained other = plan.goOnDiverged().train(START, DATA);

    assertThat(other.weights("fc1")).containsExactly(one.weights("fc1"));
    assertThat(one.history().diverged()).isEmpty();
  }

  /** Finite weights, whose outputs are beyond what floats hold. */
  @Test
  void outputsThatAreNotFiniteHaveNoAccuracy() {
    float[] huge = new float[640];
    java.util.Arrays.fill(huge, 3e38f);
    Network network =
        Mlp.of(64, 10)
            .initialize(0)
            .revalued(Map.of("fc1.weight", huge, "fc1.bias", new float[10]));

    assertThat(network.finite()).isTrue();
    assertThatThrownBy(() -> Evaluator.measure(network, DATA.test()))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith(
            "the outputs of mlp(64-10, relu, glorotNormal) on "
                + DATA.test()
                + " are not finite, with a loss of NaN");
  }
}
