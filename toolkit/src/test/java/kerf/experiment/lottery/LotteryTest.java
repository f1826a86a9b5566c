package kerf.experiment.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kerf.data.Datasets;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.model.DivergedException;
import kerf.model.Lenet300100;
import kerf.pruning.Pruning;
import kerf.table.Csv;
import kerf.training.Checkpoint;
import kerf.training.Sgd;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

class LotteryTest {

  private static Lottery smoke(Path home) {
    return Lottery.of(Preset.PAPER, Length.SMOKE).home(home);
  }

  private static String table(Lottery plan) {
    return Csv.text(plan.run().table());
  }

  @Test
  void weightsRemainingAreThoseOfTheArticle(@TempDir Path home) {
    Tickets tickets = smoke(home).arms(Arm.TICKET).seeds(1).run();
    // (265200 * 0.8^k + 1000 * 0.9^k) / 266200
    assertThat(tickets.mask(1, 1).density()).isCloseTo(0.8004, offset(1e-4));
    assertThat(tickets.mask(1, 3).density()).isCloseTo(0.5128, offset(1e-4));
    assertThat(tickets.mask(1, 3).isSubsetOf(tickets.mask(1, 2))).isTrue();
  }

  @Test
  void aSecondRunReadsBackAndMoreLevelsGoOn(@TempDir Path home, @TempDir Path other) {
    Lottery two = smoke(home).arms(Arm.TICKET).levels(2).seeds(1);
    String first = table(two);
    assertThat(table(two)).isEqualTo(first);
    assertThat(table(two.levels(3)))
        .isEqualTo(table(smoke(other).arms(Arm.TICKET).levels(3).seeds(1)));
  }

  @Test
  void aDamagedResultNamesItsFileAndTheCure(@TempDir Path home) throws IOException {
    Lottery plan = smoke(home).arms(Arm.TICKET).levels(1).seeds(1);
    plan.run();
    Path file = home.resolve(plan.identity().runId()).resolve("seed-1/winning-ticket/level-01.npz");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(plan::run)
        .hasMessage(
            "cannot read %s: expected a whole zip archive, found damage: zip END header not found; delete it, and the next run does that training again",
            file);
    Outcome.empty().number("trainingAccuracy", 0.5).save(file);
    assertThatThrownBy(plan::run)
        .hasMessage(
            "cannot read %s: expected an array 'history', found only trainingAccuracy; delete it, and the next run does that training again",
            file);
    Files.delete(file);
    assertThat(plan.run().table().rowCount()).isEqualTo(2);
  }

  @Test
  void rewindingToALaterStepGoesOnFromThere(@TempDir Path home) {
    Step step = Step.iterations(20);
    Lottery plan = smoke(home).arms(Arm.TICKET).levels(1).seeds(1).rewindTo(step);
    Tickets tickets = plan.run();
    Training training = plan.training().seed(1);
    Trained dense =
        training
            .checkpointAt(step)
            .resume(Checkpoint.start(plan.architecture().initialize(1)), plan.data());
    Checkpoint rewound = dense.checkpoint(step).masked(plan.pruning().mask(dense));
    assertThat(rewound.iteration()).isEqualTo(20);
    Trained ticket = training.resume(rewound, plan.data());
    assertThat(tickets.ticket(1, 1).values("fc1.weight")).isEqualTo(ticket.values("fc1.weight"));
    assertThat(tickets.table().doubleColumn("final accuracy").get(1))
        .isEqualTo(ticket.history().last().testAccuracy());
    assertThat(ticket.values("fc1.weight"))
        .isNotEqualTo(plan.rewindTo(Step.iterations(0)).run().ticket(1, 1).values("fc1.weight"));
  }

  /**
   * The process is killed while it works, three times over, and the table is as if it never was.
   */
  @Test
  void killedAtAnyMomentItEndsWithTheSameTable(@TempDir Path home, @TempDir Path other)
      throws IOException, InterruptedException {
    String undisturbed = table(smoke(other));
    for (int units : List.of(1, 5, 11)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SmokeProcess.class.getName(),
                  home.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (process.isAlive() && finished(home) < units) {
        Thread.onSpinWait();
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
    }
    assertThat(finished(home)).isGreaterThanOrEqualTo(11);
    assertThat(table(smoke(home))).isEqualTo(undisturbed);
  }

  private static long finished(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(file -> file.toString().endsWith(".npz")).count();
    } catch (java.io.UncheckedIOException e) {
      // A draft was renamed while we looked.
      return 0;
    }
  }

  @Test
  void theRunIdIsTheSameForWhatDecidesAUnitAlone() {
    Lottery plan = Lottery.of(Preset.PAPER, Length.FULL);
    assertThat(plan.identity().canonical()).isEqualTo("lottery()");
    assertThat(plan.levels(3).seeds(9).arms(Arm.TICKET).identity().runId())
        .isEqualTo(plan.identity().runId());
    assertThat(plan.rewindTo(Step.iterations(500)).identity().canonical())
        .isEqualTo("lottery(rewindTo=iterations(500))");
  }

  @Test
  void oneShotKeepsAsManyWeightsAsIterating() {
    var dense = new Lenet300100().initialize(1);
    Pruning plan = Preset.PAPER.pruning();
    var iterated = plan.prune(plan.prune(plan.prune(dense)));
    assertThat(OneShot.mask(plan, dense, 3).rows().stream().map(row -> row.zeros()))
        .isEqualTo(iterated.mask().rows().stream().map(row -> row.zeros()).toList());
    Pruning global = Preset.OPEN_LTH.pruning();
    assertThat(OneShot.mask(global, dense, 2).kept())
        .isEqualTo(global.prune(global.prune(dense)).mask().kept());
  }

  @Test
  void wrongArgumentsAreRefusedWithTheirCure() {
    Lottery plan = Lottery.of(Preset.PAPER, Length.SMOKE);
    assertThatThrownBy(() -> plan.levels(0))
        .hasMessage(
            "levels must be 1 or more rounds of pruning, found 0; for a dense network alone use training()");
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void everyPresetRunsAndSaysHowItDiffers(Preset preset, @TempDir Path home) {
    Lottery plan = Lottery.of(preset, Length.SMOKE).home(home).levels(1).controlsAt(1).seeds(1);
    Tickets tickets = plan.run();
    assertThat(tickets.table().rowCount()).isEqualTo(5);
    assertThat(tickets.differences()).isNotEmpty();
    assertThat(tickets.claims().rowCount()).isEqualTo(6);
  }

  @Test
  void presetsDifferWhereTheirSourcesDo() {
    assertThat(Preset.GOOGLE_REPO.training().batch()).isEqualTo(64);
    assertThat(Preset.OPEN_LTH.pruning().keep()).containsExactly("fc3");
    assertThat(Preset.PAPER.data()).isEqualTo(Datasets.mnist());
  }

  /** Each is known to be wrong from the plan alone. */
  @Test
  void whatCannotWorkIsRefusedBeforeAnythingIsTrained(@TempDir Path home) throws IOException {
    Lottery plan = smoke(home).seeds(1).levels(2);
    assertThatThrownBy(() -> plan.pruning(Pruning.plan().amount("fc9", 0.2)).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("goal names layer fc9, found only fc1, fc2, fc3");
    assertThatThrownBy(() -> plan.pruning(Pruning.plan().keep("fc9")).run())
        .hasMessage("keep names layer fc9, found only fc1, fc2, fc3");
    assertThatThrownBy(() -> plan.rewindTo(Step.iterations(61)).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rewindTo must lie within the training of 60 iterations (60 iterations), found 61 iterations (61); rewind to an earlier step, or train longer");
    assertThatThrownBy(() -> plan.controlsAt(0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "controls must be at levels of pruning, 1 or more, found [0, 2]; level 0 is the dense network, which is its own control");
    assertThatThrownBy(() -> plan.data(Datasets.digits()).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes inputs of shape [1, 28, 28], found [1, 8, 8]");
    assertThatThrownBy(() -> plan.pruning(Pruning.plan().threshold(1)).controlsAt(2).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("one-shot pruning must know beforehand how much is to go");
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> plan.home(file).run())
        .hasMessageStartingWith("results need a folder that can be written, found " + file);
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).containsExactly(file);
    }
  }

  /** One training of one seed is made to have diverged, and with it goes what starts from it. */
  @Test
  void whatDivergedIsKeptAndShown(@TempDir Path home) {
    Lottery plan = smoke(home).levels(2).controlsAt(2).arms(Arm.TICKET, Arm.RANDOM_MASK);
    Path folder = plan.identity().folder(home);
    new UnitFile(folder, plan.architecture())
        .write(new Unit(2, Arm.TICKET, 1), new Done.Diverged("a loss of NaN"));

    Tickets tickets = plan.run();

    assertThat(tickets.diverged())
        .containsExactly(
            "diverged: seed 2, random mask, level 2: a loss of NaN",
            "diverged: seed 2, winning ticket, level 1: a loss of NaN",
            "diverged: seed 2, winning ticket, level 2: a loss of NaN");
    assertThat(tickets.toString()).contains("diverged: seed 2, winning ticket, level 1");
    Table table = tickets.table();
    assertThat(table.rowCount()).isEqualTo(2 * (1 + 2 + 1));
    Table gone = table.where(table.longColumn("early stop iteration").isMissing());
    assertThat(gone.rowCount()).isEqualTo(3);
    assertThat(gone.doubleColumn("final accuracy").countMissing()).isEqualTo(3);
    // As many weights remain as in the other repetition.
    assertThat(gone.doubleColumn("weights remaining").max()).isCloseTo(0.8004, offset(1e-4));
    assertThat(tickets.byWeightsRemaining().toString()).contains("a member is not finite");
    assertThat(tickets.accuracyByIteration().toString()).contains("100.0 %");
    assertThatThrownBy(() -> tickets.ticket(2, 1))
        .isInstanceOf(DivergedException.class)
        .hasMessage("a loss of NaN");
    assertThat(table(plan)).isEqualTo(Csv.text(table));
  }

  @Test
  void aTrainingThatDivergesEndsInResultsThatSaySo(@TempDir Path home) {
    Lottery usual = smoke(home).levels(1).arms(Arm.TICKET).seeds(1);
    Lottery plan = usual.training(usual.training().optimizer(new Sgd(1e30)));

    Tickets tickets = plan.run();

    assertThat(tickets.diverged())
        .hasSize(2)
        .allMatch(line -> line.contains("training diverged: a loss of"));
    assertThat(tickets.claims().stringColumn("holds"))
        .isNotEmpty()
        .allMatch(
            holds ->
                holds.equals("undecided: a member diverged")
                    || holds.equals("not reached at this length"));
    assertThat(table(plan)).isEqualTo(Csv.text(tickets.table()));
  }
}
