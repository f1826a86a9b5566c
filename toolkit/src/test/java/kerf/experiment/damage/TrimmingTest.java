package kerf.experiment.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.experiment.damage.TrimmingWork.Arm;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrimmingTest {
  @Test
  void everyArmHasAsManyUnitsEachRound(@TempDir Path home) {
    Trimming plan = Trimming.of(Length.SMOKE).seeds(1).home(home);
    Trims trims = plan.run();
    List<Long> units = trims.table().longColumn("units").asList();

    assertThat(units).hasSize(4 * 3);
    assertThat(units.subList(0, 3)).startsWith(100L).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(units.get(1)).isLessThan(100L);
    for (int arm = 1; arm < 4; arm++) {
      assertThat(units.subList(3 * arm, 3 * arm + 3)).isEqualTo(units.subList(0, 3));
    }
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(trims.table()));
    assertThat(trims.figure().toString()).contains("APoZ, fresh weights: 3 points");
  }

  @Test
  void claimsCompareTheArms() {
    Outcome outcome = Outcome.empty();
    for (Arm arm : Arm.values()) {
      outcome = outcome.curve(arm + " 0", 100, 1, .95, .95);
    }
    // Units, parameters left, accuracy before and after.
    outcome =
        outcome
            .curve("APoZ 1", 25, .25, .90, .945)
            .curve("mean activation 1", 25, .25, .91, .94)
            .curve("random 1", 25, .25, .92, .93)
            .curve("APoZ, fresh weights 1", 25, .25, .10, .935);
    Trims trims = new Trims(Trimming.of(Length.SMOKE).rounds(1).seeds(1), Map.of(1L, outcome));

    assertThat(trims.claims().stringColumn("measured").asList())
        .containsExactly(
            "4.0 times fewer",
            "+1.00 points, mean of the rounds",
            "-2.00 points, mean of the rounds");
    assertThat(trims.claims().stringColumn("holds").asList())
        .containsExactly("holds", "holds", "does not hold");
  }

  @Test
  void refusesPlansOfNothing() {
    Trimming plan = Trimming.of(Length.SMOKE);

    assertThatThrownBy(() -> plan.rounds(0)).hasMessage("rounds must be 1 or more, found 0");
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThat(Trimming.of(Length.QUICK).identity().canonical()).isEqualTo("trimming()");
  }
}
