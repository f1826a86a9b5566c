package kerf.experiment.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.table.Csv;
import kerf.training.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XorSurgeryTest {
  @Test
  void aSecondRunReadsBackTheSameTable(@TempDir Path home) {
    XorSurgery plan = XorSurgery.of(Length.SMOKE).home(home);
    XorDeletions first = plan.run();

    assertThat(first.learned()).isNotEmpty();
    assertThat(first.table().rowCount())
        .isEqualTo(first.learned().size() * 3 * XorSurgery.DELETIONS);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(first.table()));
    assertThat(first.network(first.learned().get(0)).mask().size()).isEqualTo(9);
    assertThat(first.figure().toString()).contains("3 bars", "5 points");
  }

  @Test
  void networksThatLearnedNothingDecideNothing(@TempDir Path home) {
    XorSurgery plan = XorSurgery.of(Length.SMOKE).home(home);
    XorDeletions deletions = plan.training(plan.training().until(Step.iterations(1))).run();

    assertThat(deletions.learned()).isEmpty();
    assertThat(deletions.claims().stringColumn("holds").asList())
        .containsOnly("not reached at this length");
    assertThatThrownBy(() -> deletions.network(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no network of seed 4; seeds are 1 to 3");
  }

  /** Two networks: OBS takes a bias of both, OBD spoils one, magnitude both. */
  @Test
  void onlyWhatStillSolvesXorWasRight() {
    XorDeletions deletions =
        new XorDeletions(
            XorSurgery.of(Length.SMOKE).nets(2), Map.of(1L, outcome(1), 2L, outcome(.5)));

    assertThat(deletions.claims().stringColumn("measured").asList())
        .containsExactly("OBS 2, OBD 1, magnitude 0 of 2", "2 of 2");
    assertThat(deletions.claims().stringColumn("holds").asList()).containsExactly("holds", "holds");
  }

  private static Outcome outcome(double damaged) {
    Outcome outcome = Outcome.empty().number("loss", 0).number("accuracy", 1);
    Map<Method, Double> accuracies =
        Map.of(Method.OBS, 1.0, Method.OBD, damaged, Method.MAGNITUDE, .75);
    for (Method method : List.of(Method.OBS, Method.OBD, Method.MAGNITUDE)) {
      double first = accuracies.get(method);
      outcome =
          outcome
              .curve(method + " deleted", method == Method.OBS ? 8 : 0, 1, 2, 3)
              .curve(method + " loss", 0, 0, 0, 0)
              .curve(method + " accuracy", first, .5, .5, .5);
    }
    return outcome;
  }

  @Test
  void whatDecidesAUnitIsTheTrainingAlone() {
    XorSurgery plan = XorSurgery.of(Length.FULL);

    assertThat(plan.identity().canonical()).isEqualTo("xor()");
    assertThat(plan.nets(3).identity().runId()).isEqualTo(plan.identity().runId());
    assertThatThrownBy(() -> plan.nets(0)).hasMessage("nets must be 1 or more, found 0");
  }
}
