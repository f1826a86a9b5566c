package kerf.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.stream.Stream;
import kerf.criterion.Taylor;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.schedule.Ramp;
import kerf.schedule.Schedule;
import kerf.training.Adam;
import kerf.training.Checkpoint;
import kerf.training.Run;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import kerf.training.TrainingHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings of a 64-32-10 network on UCI's digits, 60 steps of which 10 to 50 prune. */
class GradualPruningTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Network START =
      Network.of(
          new SequentialBlock()
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(32).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(10).build()),
          1,
          8,
          8);
  private static final Ramp RAMP =
      Schedule.polynomial(.9)
          .from(Step.iterations(10))
          .until(Step.iterations(50))
          .every(Step.iterations(10));
  private static final Pruning PLAN = Pruning.plan().scope(Scope.GLOBAL);

  private static Training training(TrainingHook... hooks) {
    Training plan =
        Training.defaults()
            .optimizer(new Adam(2e-3))
            .batch(32)
            .until(Step.iterations(60))
            .evaluateEvery(Step.iterations(60));
    for (TrainingHook hook : hooks) {
      plan = plan.hook(hook);
    }
    return plan;
  }

  private static Trained train(Training plan, Network start) {
    return plan.resume(Checkpoint.start(start), DATA);
  }

  private static void assertPrunedAreZero(Network network) {
    for (String layer : network.layers()) {
      float[] weights = network.weights(layer);
      assertThat(network.mask().layer(layer).apply(weights)).containsExactly(weights);
    }
  }

  /** Watches that masks only shrink and pruned weights are 0 after each step. */
  private static final class Watch implements TrainingHook {
    private Mask before = START.mask();

    @Override
    public void afterStep(Run run) {
      assertThat(run.mask().isSubsetOf(before)).isTrue();
      before = run.mask();
      assertPrunedAreZero(run.network());
    }
  }

  static Stream<Schedule> schedules() {
    Step begin = Step.iterations(10);
    Step end = Step.iterations(50);
    return Stream.of(
        RAMP,
        Schedule.oneShot(.9).at(begin),
        Schedule.oneShot(.9),
        Schedule.constant(.9).from(begin).until(end),
        Schedule.iterative(.9, 3).from(begin).until(end),
        Schedule.exponential(.9).from(begin).until(end),
        Schedule.cosine(.9).from(begin).until(end));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void theSparsityAtTheEndIsExactAndNothingRevives(Schedule schedule) {
    Trained trained = train(training(PLAN.gradually(schedule), new Watch()), START);

    assertThat(trained.mask().size() - trained.mask().kept())
        .isEqualTo((long) Math.rint(.9 * trained.mask().size()));
    assertPrunedAreZero(trained);
  }

  @Test
  void everyUpdateIsNoted() {
    Trained trained = train(training(PLAN.gradually(RAMP)), START);

    List<PruningUpdate> updates = trained.notes().of(PruningUpdate.class);
    assertThat(updates)
        .extracting(PruningUpdate::iteration)
        .containsExactly(10L, 20L, 30L, 40L, 50L);
    assertThat(updates).extracting(PruningUpdate::scheduled).startsWith(0.0).endsWith(.9);
    for (PruningUpdate update : updates) {
      assertThat(2368 - update.kept()).isEqualTo((long) Math.rint(2368 * update.scheduled()));
    }
    assertThat(trained.notes().tables()).hasSize(1);
    assertThat(trained.notes().tables().get(0).name()).isEqualTo("pruning update");
    assertThat(trained.notes().toString()).contains("scheduled", "90.00");
  }

  @Test
  void theStateOfPrunedWeightsIsCleared() {
    Training plan = training(PLAN.gradually(RAMP)).checkpointAt(Step.iterations(60));
    Trained trained = train(plan, START);

    trained
        .checkpoint(Step.iterations(60))
        .optimizer()
        .slots()
        .forEach(
            (slot, arrays) -> {
              float[] own = arrays.get("fc1.weight");
              assertThat(trained.mask().layer("fc1").apply(own)).as(slot).containsExactly(own);
            });
  }

  @Test
  void goingOnFromACheckpointGoesOnPruning() {
    Training plan =
        training(PLAN.gradually(RAMP)).checkpointAt(Step.iterations(30), Step.iterations(35));
    Trained whole = train(plan, START);

    for (int at : new int[] {30, 35}) {
      Trained rest = plan.resume(whole.checkpoint(Step.iterations(at)), DATA);

      assertThat(rest.mask()).isEqualTo(whole.mask());
      assertThat(rest.weights("fc1")).containsExactly(whole.weights("fc1"));
      assertThat(rest.notes().of(PruningUpdate.class))
          .endsWith(whole.notes().of(PruningUpdate.class).get(4));
    }
  }

  @Test
  void aTrainingThatStartsBehindUpdatesCatchesUp() {
    Training plain = training().checkpointAt(Step.iterations(55));
    Checkpoint dense = train(plain, START).checkpoint(Step.iterations(55));

    Trained trained = training(PLAN.gradually(RAMP)).resume(dense, DATA);

    assertThat(2368 - trained.mask().kept()).isEqualTo((long) Math.rint(.9 * 2368));
    assertThat(trained.notes().of(PruningUpdate.class))
        .extracting(PruningUpdate::iteration)
        .containsExactly(55L);
  }

  @Test
  void aLayersOwnSparsityIsApproachedInProportion() {
    Pruning plan = PLAN.sparsity("fc2", .45);
    Trained trained = train(training(plan.gradually(RAMP)), START);

    assertThat(trained.mask().layer("fc2").kept()).isEqualTo(320 - 144);
    assertThat(2048 - trained.mask().layer("fc1").kept()).isEqualTo((int) Math.rint(.9 * 2048));
  }

  @Test
  void wholeRowsGoToo() {
    Pruning plan = PLAN.granularity(Granularity.filters()).keep("fc2");
    Trained trained = train(training(plan.gradually(RAMP), new Watch()), START);

    assertThat(trained.mask().layer("fc1").kept()).isEqualTo(64 * (32 - 29));
  }

  @Test
  void aCriterionMayRunTheNetworkAsItIsThen() {
    Pruning plan =
        PLAN.criterion(new Taylor(Taylor.Joint.SQUARE_OF_SUM)).data(DATA.train().sample(64, 1));
    Trained first = train(training(plan.gradually(RAMP)), START);
    Trained second = train(training(plan.gradually(RAMP)), START);

    assertThat(2368 - first.mask().kept()).isEqualTo((long) Math.rint(.9 * 2368));
    assertThat(second.mask()).isEqualTo(first.mask());
    assertThat(second.weights("fc1")).containsExactly(first.weights("fc1"));
    assertThat(first.mask()).isNotEqualTo(train(training(PLAN.gradually(RAMP)), START).mask());
  }

  @Test
  void denseSparseDenseGivesWeightsBackFromZero() {
    Schedule schedule =
        Schedule.denseSparseDense(.5).from(Step.iterations(20)).until(Step.iterations(40));
    Training plan =
        training(PLAN.gradually(schedule))
            .optimizer(new Sgd(0.05).momentum(0.9))
            .checkpointAt(Step.iterations(39), Step.iterations(40));

    Trained trained = train(plan, START);

    Checkpoint sparse = trained.checkpoint(Step.iterations(39));
    Checkpoint dense = trained.checkpoint(Step.iterations(40));
    assertThat(sparse.network().mask().sparsity()).isEqualTo(.5);
    assertThat(dense.network().mask().sparsity()).isZero();
    float[] weights = dense.network().weights("fc1");
    float[] momentum = dense.optimizer().slots().get("momentum").get("fc1.weight");
    for (int i = 0; i < weights.length; i++) {
      if (!sparse.network().mask().layer("fc1").keeps(i)) {
        assertThat(weights[i]).isZero();
        assertThat(momentum[i]).isZero();
      }
    }
    assertThat(trained.mask().sparsity()).isZero();
    float[] revived = trained.weights("fc1");
    assertThat(sparse.network().mask().layer("fc1").apply(revived)).isNotEqualTo(revived);
    assertThat(plan.resume(dense, DATA).weights("fc1")).containsExactly(revived);
  }

  @Test
  void hasAnIdentity() {
    assertThat(PLAN.gradually(RAMP).identity())
        .contains(
            PLAN
                + ".gradually(polynomial(0.9).from(iterations(10)).until(iterations(50)).every(iterations(10)))");
    assertThat(new Watch().identity()).isEmpty();
  }

  @Test
  void refusesAScheduleThatOutlastsTheTraining() {
    Training plan = training(PLAN.gradually(RAMP)).until(Step.iterations(40));

    assertThatThrownBy(() -> train(plan, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            RAMP
                + " ends at iteration 50, found a training until 40; let the schedule end with it or"
                + " before");
  }

  @Test
  void refusesGoalsBesideTheSchedule() {
    assertThatThrownBy(() -> PLAN.sparsity(.5).gradually(RAMP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "in gradual pruning the schedule says how much goes, found Sparsity[fraction=0.5]"
                + " besides; leave it out of the plan");
    assertThatThrownBy(() -> PLAN.amount("fc2", .1).gradually(RAMP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "in gradual pruning a layer's own goal must be a sparsity, found Amount[fraction=0.1]"
                + " for fc2");
    assertThatThrownBy(() -> PLAN.granularity(Granularity.nm(2, 4)).gradually(RAMP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nm(2, 4) says by itself how much goes, found "
                + RAMP
                + " besides; prune by it at once");
  }

  @Test
  void aLayerThatIsNotThereIsRefusedBeforeTheFirstStep() {
    Training plan = training(PLAN.keep("fc9").gradually(RAMP), failing());
    assertThatThrownBy(() -> train(plan, START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep names layer fc9, found only fc1, fc2");
  }

  private static TrainingHook failing() {
    return new TrainingHook() {
      @Override
      public void afterStep(Run run) {
        throw new IllegalStateException("a step was taken");
      }
    };
  }
}
