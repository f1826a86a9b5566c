package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.training.Checkpoint;
import kerf.training.Run;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import kerf.training.TrainingHook;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Network FLOAT = new Convnet(2, 3).input(1, 8, 8).initialize(3);
  private static final Training PLAN =
      Training.defaults().batch(16).until(Step.iterations(6)).evaluateEvery(Step.iterations(6));

  /** Notes a state after every step. */
  private static final class Watch implements TrainingHook {
    private final String state;
    private final List<float[]> seen = new ArrayList<>();

    Watch(String state) {
      this.state = state;
    }

    @Override
    public void afterStep(Run run) {
      seen.add(run.state(state));
    }

    boolean moves(int step) {
      return !java.util.Arrays.equals(seen.get(step - 1), seen.get(step));
    }
  }

  private static Trained train(Training plan, Network start) {
    return plan.resume(Checkpoint.start(start), DATA);
  }

  @Test
  void observersAndStatisticsStandStillFromTheirSteps() {
    Watch range = new Watch("relu1.range");
    Watch mean = new Watch("bn1.runningMean");
    Training plan =
        PLAN.hook(Phase.freezeObservers(Step.iterations(2)))
            .hook(Phase.freezeBatchNorm(Step.iterations(4)))
            .hook(range)
            .hook(mean);
    train(plan, Qat.plan().prepare(FLOAT));

    assertThat(range.moves(1)).isTrue();
    assertThat(range.moves(2)).isFalse();
    assertThat(range.moves(5)).isFalse();
    assertThat(mean.moves(3)).isTrue();
    assertThat(mean.moves(4)).isFalse();
    assertThat(mean.moves(5)).isFalse();
  }

  @Test
  void activationsAreRoundedFromTheirStep() {
    Network prepared = Qat.plan().bits(2).keepFloat("fc1").prepare(FLOAT);
    Watch switches = new Watch(Switch.STATE);
    train(PLAN.hook(Phase.delayActivations(Step.iterations(3))).hook(switches), prepared);

    assertThat(switches.seen.stream().map(state -> state[1]))
        .containsExactly(1f, 1f, 0f, 0f, 0f, 0f);
  }

  @Test
  void aTrainingThatGoesOnIsInThePhaseItWasIn() {
    Training plan =
        PLAN.hook(Phase.delayActivations(Step.iterations(2)))
            .hook(Phase.freezeObservers(Step.iterations(4)))
            .checkpointAt(Step.iterations(3), Step.iterations(5));
    Trained whole = train(plan, Qat.plan().bits(4).prepare(FLOAT));

    for (int at : new int[] {3, 5}) {
      Trained resumed = plan.resume(whole.checkpoint(Step.iterations(at)), DATA);
      assertThat(resumed.values("fc1.weight")).containsExactly(whole.values("fc1.weight"));
      assertThat(resumed.values("relu1.range")).containsExactly(whole.values("relu1.range"));
      assertThat(resumed.values(Switch.STATE)).containsExactly(1, 0, 0);
    }
  }

  @Test
  void aPhaseSaysWhatItIs() {
    assertThat(Phase.freezeObservers(Step.epochs(2)).identity())
        .contains("freezeObservers(epochs(2.0))");
    assertThat(Phase.freezeObservers(Step.epochs(2)))
        .isEqualTo(Phase.freezeObservers(Step.epochs(2)))
        .isNotEqualTo(Phase.freezeBatchNorm(Step.epochs(2)));
  }

  @Test
  void wrongUseIsRefused() {
    assertThatThrownBy(() -> train(PLAN.hook(Phase.freezeBatchNorm(Step.iterations(2))), FLOAT))
        .hasMessage(
            "freezeBatchNorm(iterations(2)) needs a network prepared for quantization-aware"
                + " training, found convnet(2-3, 1×8×8, kaimingNormal); train with"
                + " qat().training(...)");
    assertThatThrownBy(
            () ->
                train(
                    PLAN.hook(Phase.delayActivations(Step.iterations(7))),
                    Qat.plan().prepare(FLOAT)))
        .hasMessage(
            "delayActivations(iterations(7)) comes at iteration 7, found a training until 6; let"
                + " the training go on longer");
  }
}
