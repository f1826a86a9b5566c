package kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.trace.Graph;
import kerf.training.Checkpoint;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers as PyTorch computes them by the formulas of the paper, with a period of 5 images. */
class KWinnersTest {
  private static final Dataset DATA = Datasets.digits();

  @TempDir Path folder;

  private static KWinners twoOfFour() {
    return new KWinners(2, 1.5, 1.5, 0.85, 5);
  }

  /** A layer that passes its four inputs on to k-winners. */
  private static Network fourUnits() {
    return identity(
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(4).build())
                .add(twoOfFour()),
            4),
        "fc1.weight",
        new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});
  }

  /** Two channels of 1 x 2, passed on to k-winners by filters of one pixel. */
  private static Network twoChannels() {
    return identity(
        Network.of(
            new SequentialBlock()
                .add(
                    Conv2d.builder()
                        .setFilters(2)
                        .setKernelShape(new ai.djl.ndarray.types.Shape(1, 1))
                        .build())
                .add(twoOfFour()),
            2,
            1,
            2),
        "conv1.weight",
        new float[] {1, 0, 0, 1});
  }

  private static Network identity(Network network, String weight, float[] values) {
    Map<String, float[]> all = new HashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      all.put(spec.name(), new float[spec.size()]);
    }
    all.put(weight, values);
    return network.revalued(all);
  }

  private static float[] forward(Scope scope, Session session, boolean training, float... input) {
    long[] shape =
        session.array("conv1.weight") == null ? new long[] {0, 4} : new long[] {0, 2, 1, 2};
    shape[0] = input.length / 4;
    NDArray output = session.forward(scope.tensor(input, shape), training);
    // Adding 0 makes 0 of the -0 that a negative loser leaves.
    return Scope.floats(output.add(0));
  }

  private static Session session(Scope scope, Network network) {
    return new Session(scope, network, RandomStream.of(0, "dropout"));
  }

  private static float[] duty(Session session) {
    return Scope.floats(session.array("kwinners1.dutyCycle"));
  }

  @Test
  void unitsWinBoostedByHowSeldomTheyWon() {
    try (Scope scope = Scope.open()) {
      Session session = session(scope, fourUnits());
      assertThat(forward(scope, session, true, 1, 3, -1, 2, 4, 3, 2, 1))
          .containsExactly(0, 3, 0, 2, 4, 3, 0, 0);
      assertThat(duty(session)).containsExactly(0.5f, 1, 0, 0.5f);
      session.epoch(1);
      // The third unit never won: 1.2 boosted beats 1.1 of the unit that always did.
      assertThat(forward(scope, session, true, 1, 1.1f, 1.2f, 0.9f, -4, -3, -2, -1))
          .containsExactly(1, 0, 1.2f, 0, 0, -3, 0, -1);
      assertThat(duty(session)).containsExactly(0.5f, 0.5f, 0.25f, 0.25f);
      session.epoch(2);
      assertThat(forward(scope, session, true, 5, 4, 4.5f, 4.2f, 0.5f, 0.6f, 0.4f, 0.3f))
          .containsExactly(0, 0, 4.5f, 4.2f, 0, 0.6f, 0.4f, 0);
      assertThat(duty(session))
          .containsExactly(new float[] {0.3f, 0.5f, 0.55f, 0.35f}, within(1e-6f));
    }
  }

  @Test
  void moreWinInInferenceAndNothingIsCounted() {
    try (Scope scope = Scope.open()) {
      Session session = session(scope, fourUnits());
      forward(scope, session, true, 1, 3, -1, 2, 4, 3, 2, 1);
      assertThat(forward(scope, session, false, 1, 1.05f, 1.1f, 1.15f))
          .containsExactly(1, 0, 1.1f, 1.15f);
      assertThat(duty(session)).containsExactly(0.5f, 1, 0, 0.5f);
    }
  }

  @Test
  void allPositionsOfAllChannelsCompeteAndAChannelHasOneDutyCycle() {
    try (Scope scope = Scope.open()) {
      Session session = session(scope, twoChannels());
      assertThat(forward(scope, session, true, 1, 5, 2, 3, 7, 6, 1, 8))
          .containsExactly(0, 5, 0, 3, 7, 0, 0, 8);
      assertThat(duty(session)).containsExactly(0.5f, 0.5f);
      session.epoch(1);
      assertThat(forward(scope, session, true, 1, 2, 1.9f, 0.5f, 3, 3.1f, -1, 2.5f))
          .containsExactly(0, 2, 1.9f, 0, 3, 3.1f, 0, 0);
      assertThat(duty(session)).containsExactly(0.625f, 0.375f);
    }
  }

  private static Network digitNet() {
    return Network.of(
        new SequentialBlock()
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(8).build())
            .add(new KWinners(2))
            .add(Linear.builder().setUnits(10).build()),
        1,
        8,
        8);
  }

  private static Trained train(Network start, Step until) {
    return Training.defaults()
        .optimizer(new Sgd(0.1))
        .batch(1)
        .until(until)
        .seed(3)
        .resume(Checkpoint.start(start), DATA);
  }

  @Test
  void onlyTheWeightsOfWinnersLearn() {
    Network start = digitNet();
    Trained trained = train(start, Step.iterations(1));
    float[] before = start.weights("fc1");
    float[] after = trained.weights("fc1");
    List<Integer> learned =
        java.util.stream.IntStream.range(0, 8)
            .filter(
                unit ->
                    !java.util.Arrays.equals(
                        before, unit * 64, unit * 64 + 64, after, unit * 64, unit * 64 + 64))
            .boxed()
            .toList();
    assertThat(learned).hasSize(2);
    // Of the winners those with a positive value count as active.
    float[] duty = trained.values("kwinners1.dutyCycle");
    for (int unit = 0; unit < 8; unit++) {
      assertThat(duty[unit]).isIn(learned.contains(unit) ? new Float[] {0f, 1f} : new Float[] {0f});
    }
  }

  @Test
  void aTrainingKeepsDutyCyclesCountsPassesAndSavesBoth() {
    Network start = digitNet();
    Trained trained = train(start, Step.epochs(2));
    assertThat(trained.values("kwinners1.epoch")).containsExactly(2);
    assertThat(trained.values("kwinners1.seen")).containsExactly(1_000);
    float sum = 0;
    for (float unit : trained.values("kwinners1.dutyCycle")) {
      sum += unit;
    }
    // Two of eight units win each image; those below zero do not count.
    assertThat(sum).isBetween(1.5f, 2f);
    assertThat(start.values("kwinners1.seen")).containsExactly(0);

    Path file = folder.resolve("winners.npz");
    trained.save(file);
    Network read = start.architecture().load(file);
    assertThat(read.values("kwinners1.dutyCycle"))
        .containsExactly(trained.values("kwinners1.dutyCycle"));
    assertThat(train(start, Step.epochs(2)).values("fc1.weight"))
        .containsExactly(trained.values("fc1.weight"));
  }

  @Test
  void aFirstPassInOtherBatchesCountsAsOne() {
    Training plan = Training.defaults().optimizer(new Sgd(0.1).momentum(0.5)).batch(64).seed(3);
    Training small = plan.batch(4).until(Step.epochs(1)).checkpointAt(Step.epochs(1));
    Checkpoint passed = small.resume(Checkpoint.start(digitNet()), DATA).checkpoint(Step.epochs(1));
    assertThat(passed.iteration()).isEqualTo(308);
    assertThat(passed.network().values("kwinners1.epoch")).containsExactly(1);

    Checkpoint second = passed.at(plan.perEpoch(DATA));
    assertThat(second.iteration()).isEqualTo(19);
    assertThat(second.optimizer()).isEqualTo(passed.optimizer());
    Trained trained = plan.until(Step.epochs(3)).resume(second, DATA);
    assertThat(trained.history().last().iteration()).isEqualTo(57);
    assertThat(trained.values("kwinners1.epoch")).containsExactly(3);
  }

  @Test
  void aTraceSaysThatItCannotSeeThrough() {
    assertThatThrownBy(() -> Graph.of(digitNet()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a script computes with arrays of the engine, found a symbol; a block that calls one"
                + " cannot be traced");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new KWinners(0)).hasMessage("k must be 1 or more winners, found 0");
    assertThatThrownBy(() -> new KWinners(5, 0.5, 1.5, 0.85, 1_000))
        .hasMessage("inference must be a factor of 1 or more, found 0.5");
    assertThatThrownBy(() -> new KWinners(5, 1.5, -1, 0.85, 1_000))
        .hasMessage("boost strength must be 0 or more, found -1.0");
    assertThatThrownBy(() -> new KWinners(5, 1.5, 1.5, 1.1, 1_000))
        .hasMessage("boost decay must be in [0, 1], found 1.1");
    assertThatThrownBy(() -> new KWinners(5, 1.5, 1.5, 0.85, 0))
        .hasMessage("duty period must be 1 or more images, found 0");
    SequentialBlock block =
        new SequentialBlock().add(Linear.builder().setUnits(6).build()).add(new KWinners(4));
    assertThatThrownBy(() -> Network.of(block, 3))
        .hasMessage(
            "k-winners needs more units than winners, found 6 units for k = 4 and 6 in inference; use ReLU");
  }
}
