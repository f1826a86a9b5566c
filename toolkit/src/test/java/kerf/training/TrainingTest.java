package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.mask.Mask;
import kerf.model.Dropout;
import kerf.model.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings of 64-32-10 networks on UCI's digits, 20 steps of 32 images an epoch and more. */
class TrainingTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Network PLAIN = network(0);
  private static final Network DROPPING = network(0.3);

  private static Network network(double dropout) {
    return Network.of(
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(32).build())
            .add(Activation::relu)
            .add(new Dropout(dropout))
            .add(Linear.builder().setUnits(10).build()),
        1,
        8,
        8);
  }

  static List<Optimizer> optimizers() {
    return List.of(
        new Sgd(0.1),
        new Sgd(0.05).momentum(0.9).weightDecay(1e-3),
        new Adam(2e-3),
        new Adam(2e-3).weightDecay(1e-2));
  }

  private static Training plan(Optimizer optimizer) {
    return Training.defaults()
        .optimizer(optimizer)
        .batch(32)
        .until(Step.iterations(60))
        .evaluateEvery(Step.iterations(10))
        .seed(5);
  }

  private static Trained train(Training plan, Network start) {
    return plan.resume(Checkpoint.start(start), DATA);
  }

  private static void assertSame(Network found, Network expected) {
    for (String name : List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")) {
      assertThat(found.values(name)).as(name).containsExactly(expected.values(name));
    }
    assertThat(found.mask()).isEqualTo(expected.mask());
  }

  private static Mask half(Network network, long seed) {
    Random random = new Random(seed);
    Mask mask = network.mask();
    for (String layer : mask.names()) {
      int[] pruned =
          random.ints(mask.layer(layer).size() / 2, 0, mask.layer(layer).size()).toArray();
      mask = mask.and(with(mask, layer, pruned));
    }
    return mask;
  }

  private static Mask with(Mask mask, String layer, int... pruned) {
    return Mask.of(
        mask.layers().stream().map(m -> m.name().equals(layer) ? m.without(pruned) : m).toList());
  }

  private static void assertPrunedAreZero(Network network) {
    for (String layer : network.layers()) {
      float[] weights = network.weights(layer);
      for (int i = 0; i < weights.length; i++) {
        if (!network.mask().layer(layer).keeps(i)) {
          assertThat(weights[i]).as("%s[%d]", layer, i).isZero();
        }
      }
    }
  }

  @Test
  void stepsAreCountedInWholeBatches() {
    Training plan = plan(new Sgd(0.1));
    assertThat(plan.perEpoch(DATA)).isEqualTo(DATA.train().size() / 32);
    assertThat(plan.steps(DATA)).isEqualTo(60);
    assertThat(plan.until(Step.epochs(3)).steps(DATA)).isEqualTo(3 * plan.perEpoch(DATA));
  }

  @Test
  void learns() {
    Trained trained = train(plan(new Adam(5e-3)).until(Step.epochs(10)), PLAIN);
    assertThat(trained.history().last().testAccuracy()).isGreaterThan(0.85);
    assertThat(trained.history().last().trainingLoss()).isLessThan(0.3);
    assertThat(Evaluator.measure(trained, DATA.train()).accuracy()).isGreaterThan(0.93);
    assertThat(trained.history().evaluations().get(0).trainingLoss()).isNaN();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void oneSeedOneResult(Optimizer optimizer) {
    Trained first = train(plan(optimizer), DROPPING);
    Trained second = train(plan(optimizer), DROPPING);
    assertSame(second, first);
    assertThat(second.history()).isEqualTo(first.history());
    Trained other = train(plan(optimizer).seed(6), DROPPING);
    assertThat(other.values("fc1.weight")).isNotEqualTo(first.values("fc1.weight"));
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    List<Training> plans =
        optimizers().stream()
            .map(optimizer -> plan(optimizer).until(Step.iterations(100)))
            .toList();
    List<Trained> alone = plans.stream().map(plan -> train(plan, DROPPING)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<Trained>> together =
          plans.stream()
              .map(plan -> CompletableFuture.supplyAsync(() -> train(plan, DROPPING), threads))
              .toList();
      for (int i = 0; i < plans.size(); i++) {
        assertSame(together.get(i).join(), alone.get(i));
        assertThat(together.get(i).join().history()).isEqualTo(alone.get(i).history());
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void prunedWeightsStayZero(Optimizer optimizer) {
    Network start = PLAIN.masked(half(PLAIN, 1));
    assertPrunedAreZero(start);
    Trained trained = train(plan(optimizer), start);
    assertPrunedAreZero(trained);
    assertThat(trained.mask()).isEqualTo(start.mask());
    assertThat(trained.values("fc1.bias")).isNotEqualTo(start.values("fc1.bias"));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void weightsPrunedInTrainingStayZero(Optimizer optimizer) {
    Mask first = half(PLAIN, 1);
    Mask second = half(PLAIN, 2);
    TrainingHook gradual =
        new TrainingHook() {
          @Override
          public void afterStep(Run run) {
            if (run.iteration() == 20) {
              run.prune(first);
            }
            if (run.iteration() == 40) {
              run.prune(second);
              assertPrunedAreZero(run.network());
            }
          }
        };
    Trained trained = train(plan(optimizer).hook(gradual), PLAIN);
    assertPrunedAreZero(trained);
    assertThat(trained.mask()).isEqualTo(first.and(second));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void resumingIsGoingOn(Optimizer optimizer) {
    Training plan =
        plan(optimizer)
            .learningRate(new LearningRate.Cosine())
            .checkpointAt(Step.iterations(0), Step.iterations(30));
    Trained whole = train(plan, DROPPING.masked(half(DROPPING, 3)));
    Checkpoint middle = whole.checkpoint(Step.iterations(30));
    assertThat(middle.iteration()).isEqualTo(30);
    assertThat(middle.optimizer().steps()).isEqualTo(30);
    Trained rest = plan.resume(middle, DATA);
    assertSame(rest, whole);
    List<Evaluation> evaluations = whole.history().evaluations();
    List<Evaluation> tail = rest.history().evaluations();
    assertThat(tail).hasSize(4);
    assertThat(tail.subList(1, 4)).isEqualTo(evaluations.subList(4, 7));
    assertThat(tail.get(0).validationLoss()).isEqualTo(evaluations.get(3).validationLoss());
    assertSame(whole.checkpoint(Step.iterations(0)).network(), DROPPING.masked(whole.mask()));
  }

  @Test
  void rewindingKeepsTheWeightsOfThatStep() {
    Training plan = plan(new Adam(2e-3)).checkpointAt(Step.iterations(10));
    Checkpoint early = train(plan, PLAIN).checkpoint(Step.iterations(10));
    Mask mask = half(PLAIN, 4);
    assertSame(early.masked(mask).network(), early.network().masked(mask));
    assertPrunedAreZero(plan.resume(early.masked(mask), DATA));
  }

  @Test
  void missingCheckpoint() {
    Trained trained =
        train(plan(new Sgd(0.1)).until(Step.iterations(2)).checkpointAt(Step.iterations(1)), PLAIN);
    assertThatThrownBy(() -> trained.checkpoint(Step.iterations(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no checkpoint was taken at iterations(2), only at [iterations(1)]; add"
                + " .checkpointAt(iterations(2)) to the training");
  }

  @Test
  void earlyStopIsTheFirstMinimum() {
    History history =
        new History(
            List.of(
                new Evaluation(0, Double.NaN, 2.3, 0.1, 0.1),
                new Evaluation(10, 1, 0.5, 0.8, 0.81),
                new Evaluation(20, 0.4, 0.6, 0.9, 0.91),
                new Evaluation(30, 0.3, 0.5, 0.95, 0.96)));
    assertThat(history.earlyStop().iteration()).isEqualTo(10);
    assertThat(history.last().iteration()).isEqualTo(30);
    assertThat(history.table().rowCount()).isEqualTo(4);
  }

  @Test
  void testImagesAreMeasuredAtTheEarlyStopAndTheEnd() {
    History history = train(plan(new Sgd(2).momentum(0.9)).testEvery(1_000), PLAIN).history();
    assertThat(history.earlyStop().testAccuracy()).isBetween(0.0, 1.0);
    assertThat(history.last().testAccuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void interruptEndsTheTrainingAndNoOther() {
    Training plan = plan(new Adam(2e-3));
    Trained expected = train(plan, DROPPING);
    TrainingHook stop =
        new TrainingHook() {
          @Override
          public void afterStep(Run run) {
            if (run.iteration() == 7) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThatThrownBy(() -> train(plan.hook(stop), DROPPING))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertSame(train(plan, DROPPING), expected);
  }

  @Test
  void noStepsGiveTheStart() {
    Trained trained = train(plan(new Sgd(0.1)).until(Step.iterations(0)), PLAIN);
    assertSame(trained, PLAIN);
    assertThat(trained.history().evaluations()).hasSize(1);
  }

  @Test
  void refusesWhatCannotBeTrained() {
    assertThatThrownBy(() -> Training.defaults().batch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch must be 1 or more images, found 0");
    assertThatThrownBy(() -> Training.defaults().testEvery(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("testEvery must be 1 or more evaluations, found 0");
    Dataset few = DATA.sample(20, 10, 10, 0);
    assertThatThrownBy(() -> plan(new Sgd(0.1)).resume(Checkpoint.start(PLAIN), few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "training needs at least one batch of 32 images, found 20 in "
                + few
                + "; choose a smaller batch");
    Dataset unheld = DATA.validation(0, 0);
    assertThatThrownBy(() -> plan(new Sgd(0.1)).resume(Checkpoint.start(PLAIN), unheld))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            PLAIN.architecture().describe()
                + " needs at least one sample to compute on, found none in digits validation: 0"
                + " images of 8 x 8, 10 classes; take more, or hold some out with .validation(n,"
                + " seed)");
  }
}
