package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.model.DivergedException;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Network START = Mlp.of(64, 16, 10).initialize(1);

  /** Cross entropy that counts how many batches are measured by it. */
  private static final class Counting implements Loss {
    int batches;

    @Override
    public Arithmetic arithmetic(Scope scope) {
      Arithmetic real = new CrossEntropy().arithmetic(scope);
      return new Arithmetic() {
        @Override
        public Value gradients(Batch batch, Value parameters, Value sum) {
          return real.gradients(batch, parameters, sum);
        }

        @Override
        public void measure(Batch batch, Value sums) {
          batches++;
          real.measure(batch, sums);
        }
      };
    }

    @Override
    public void requireFits(Architecture network, Samples samples) {
      new CrossEntropy().requireFits(network, samples);
    }
  }

  private static Training plan(Loss loss, int steps) {
    return Training.defaults()
        .loss(loss)
        .batch(32)
        .until(Step.iterations(steps))
        .evaluateEvery(Step.iterations(10));
  }

  @Test
  void nothingIsMeasuredThatNobodyAskedFor() {
    Counting counting = new Counting();
    Trained trained = plan(counting, 1).train(START, DATA);
    assertThat(counting.batches).isZero();

    Evaluation last = trained.history().last();
    int once = counting.batches;
    assertThat(once).isPositive();
    assertThat(last.testAccuracy()).isEqualTo(Evaluator.measure(trained, DATA.test()).accuracy());
    assertThat(trained.history().last()).isEqualTo(last);
    Evaluator.measure(trained, DATA.validation(), counting);
    assertThat(counting.batches).isEqualTo(once);

    trained.history().evaluations();
    assertThat(counting.batches).isEqualTo(2 * once);
  }

  @Test
  void evaluationsAreThoseOfTheNetworksAtTheirTimes() {
    List<Network> networks = new ArrayList<>();
    TrainingHook keep =
        new TrainingHook() {
          @Override
          public void afterStep(Run run) {
            if (run.iteration() % 10 == 0) {
              networks.add(run.network());
            }
          }
        };
    Trained trained = plan(new CrossEntropy(), 30).hook(keep).train(START, DATA);
    networks.add(0, START);

    List<Evaluation> evaluations = trained.history().evaluations();
    assertThat(evaluations).extracting(Evaluation::iteration).containsExactly(0L, 10L, 20L, 30L);
    for (int i = 0; i < networks.size(); i++) {
      Evaluator.Score validation = Evaluator.measure(networks.get(i), DATA.validation());
      assertThat(evaluations.get(i).validationLoss()).isEqualTo(validation.loss());
      assertThat(evaluations.get(i).validationAccuracy()).isEqualTo(validation.accuracy());
      assertThat(evaluations.get(i).testAccuracy())
          .isEqualTo(Evaluator.measure(networks.get(i), DATA.test()).accuracy());
    }
    assertThat(evaluations.get(3).trainingLoss()).isLessThan(evaluations.get(1).trainingLoss());
  }

  /** Weights of 1e30 are finite, what they give out is not. */
  @Test
  void aLastStepThatThrewTheNetworkAwayIsSeenWhenItIsMeasured() {
    Trained trained = plan(new CrossEntropy(), 1).optimizer(new Sgd(1e38)).train(START, DATA);

    assertThat(trained.history().diverged()).contains(1L);
    assertThat(trained.history().last().testAccuracy()).isNaN();
    assertThat(trained.toString()).endsWith("diverged: no finite loss from iteration 1 on");
    assertThatThrownBy(() -> Evaluator.measure(trained, DATA.test()))
        .isInstanceOf(DivergedException.class);
  }

  @Test
  void aNetworkOfOtherValuesIsMeasuredAnew() {
    Counting counting = new Counting();
    Evaluator.measure(START, DATA.test(), counting);
    int once = counting.batches;
    Evaluator.measure(START, DATA.test(), counting);
    assertThat(counting.batches).isEqualTo(once);
    Evaluator.measure(START.reinitialize(2), DATA.test(), counting);
    assertThat(counting.batches).isEqualTo(2 * once);
    Evaluator.measure(START, DATA.test().first(10), counting);
    assertThat(counting.batches).isEqualTo(2 * once + 1);
  }
}
