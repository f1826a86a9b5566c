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
import kerf.model.Lenet300100;
import kerf.pruning.Pruning;
import kerf.table.Csv;
import kerf.training.Checkpoint;
import kerf.training.Step;
import kerf.training.Trained;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        .hasMessageStartingWith("cannot read " + file + ": ")
        .hasMessageEndingWith("; delete it, and the next run does that training again");
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
}
