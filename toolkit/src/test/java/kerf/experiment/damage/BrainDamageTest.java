package kerf.experiment.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Claim;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.model.Activation;
import kerf.model.Mlp;
import kerf.table.Csv;
import kerf.training.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrainDamageTest {
  private static BrainDamage smoke(Path home) {
    return BrainDamage.of(Length.SMOKE).seeds(1).home(home);
  }

  @Test
  void everyMethodIsCutAndRetrained(@TempDir Path home) {
    Damages damages = smoke(home).run();

    assertThat(damages.cuts().rowCount()).isEqualTo(4 * DamageWork.CUTS.length);
    assertThat(damages.rounds().rowCount()).isEqualTo(4 * 3);
    assertThat(damages.dense(1).mask().density()).isEqualTo(1);
    assertThat(damages.network(1, Method.OBS, 2).mask().density()).isCloseTo(.64, offset(.002));
    assertThat(damages.withoutRetraining().toString()).contains("OBD foretold: 19 points");
    assertThat(damages.retrained().toString()).contains("OBS: 3 points");
    assertThat(damages.claims().stringColumn("holds").asList())
        .endsWith("not reached at this length", "not reached at this length");
    assertThatThrownBy(() -> damages.network(1, Method.OBD, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no network of seed 1, OBD, round 3; seeds are [1], rounds 1 to 2");
  }

  @Test
  void aSecondRunReadsBackAndMoreRoundsGoOn(@TempDir Path home, @TempDir Path other) {
    BrainDamage small =
        smoke(home).architecture(Mlp.of(64, 2, 10).activation(Activation.TANH)).images(5);
    String first = Csv.text(small.rounds(1).run().rounds());

    assertThat(Csv.text(small.rounds(1).run().rounds())).isEqualTo(first);
    assertThat(Csv.text(small.rounds(2).run().rounds()))
        .isEqualTo(Csv.text(small.rounds(2).home(other).run().rounds()));
  }

  @Test
  void whatIsForetoldHoldsAsFarAsItIsCloseToWhatIsMeasured() {
    List<Cut> cuts = new ArrayList<>();
    for (double deleted : DamageWork.CUTS) {
      double loss = .01 * (1 + deleted);
      double foretold = deleted <= .3 ? loss : 2 * loss;
      cuts.add(new Cut("OBD", 1, 1 - deleted, loss, foretold, .9));
      cuts.add(new Cut("OBS", 1, 1 - deleted, loss / 2, foretold, .9));
      cuts.add(new Cut("magnitude", 1, 1 - deleted, loss / 4, Double.NaN, .9));
    }
    List<Round> rounds =
        List.of(
            new Round("OBD", 1, 0, 1, .01, .01, .95, .95),
            new Round("OBD", 1, 6, .26, .02, .02, .9, .9445),
            new Round("magnitude", 1, 6, .26, .02, .03, .9, .9));

    List<Claim> claims = new DamageClaims(cuts, rounds).all();

    assertThat(claims)
        .extracting(Claim::measured)
        .containsExactly(
            "up to 30 % deleted",
            "0.0150 against 0.0038",
            "0.0075 against 0.0150",
            "-0.55 points at 26 %",
            "0.0200 against 0.0300");
    assertThat(claims)
        .extracting(Claim::holds)
        .containsExactly("holds", "does not hold", "holds", "holds", "holds");
  }

  @Test
  void whatDecidesAUnitIsInItsIdentity() {
    BrainDamage plan = BrainDamage.of(Length.QUICK);

    assertThat(plan.identity().canonical()).isEqualTo("damage(damping=1.0E-4)");
    assertThat(plan.rounds(3).seeds(7).identity().runId()).isEqualTo(plan.identity().runId());
    assertThat(plan.images(20).identity().canonical())
        .isEqualTo("damage(images=20, damping=1.0E-4)");
  }

  @Test
  void refusesPlansOfNothing() {
    BrainDamage plan = BrainDamage.of(Length.SMOKE);

    assertThatThrownBy(() -> plan.rounds(0)).hasMessage("rounds must be 1 or more, found 0");
    assertThatThrownBy(() -> plan.images(0)).hasMessage("images must be 1 or more, found 0");
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingIsTrained(@TempDir Path home) {
    BrainDamage plan = BrainDamage.of(Length.SMOKE).home(home);

    assertThatThrownBy(() -> plan.architecture(Mlp.of(64, 60, 10)).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4,510 parameters, 0.2 GB; at most 4,000 parameters can be done");
    assertThatThrownBy(() -> plan.architecture(Mlp.of(64, 6, 5)).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found label 9 for 5 outputs");
    assertThat(home.resolve(plan.identity().runId())).doesNotExist();
  }

  /** One seed's surgeon is made to have diverged, and everything of another. */
  @Test
  void whatDivergedIsShownAndNotLeftOut(@TempDir Path home) {
    BrainDamage plan = BrainDamage.of(Length.SMOKE).home(home);
    plan.run();
    DamageUnit cut = new DamageUnit(2, DamageUnit.Course.CUT, Method.OBS, 0);
    Outcome.diverged("obs() diverged").save(plan.identity().folder(home).resolve(cut.path()));

    Damages results = plan.run();

    assertThat(results.diverged()).containsExactly("diverged: seed 2, OBS, cut: obs() diverged");
    assertThat(results.toString()).contains("diverged: seed 2, OBS, cut: obs() diverged");
    assertThat(
            results
                .claims()
                .where(
                    results
                        .claims()
                        .stringColumn("claim")
                        .startsWith("with half the parameters deleted, OBS"))
                .stringColumn("holds")
                .get(0))
        .isEqualTo("undecided: a member diverged");
    assertThat(results.withoutRetraining().toString()).contains("a member is not finite");
    assertThat(results.cuts().rowCount()).isEqualTo(2 * 4 * DamageWork.CUTS.length);
  }

  @Test
  void aTrainingThatDivergesEndsInResultsThatSaySo(@TempDir Path home) {
    BrainDamage usual = BrainDamage.of(Length.SMOKE).home(home).seeds(1);
    BrainDamage plan = usual.training(usual.training().optimizer(new Sgd(1e9)));

    Damages results = plan.run();

    assertThat(results.diverged())
        .hasSize(1 + 4 * 3)
        .allMatch(line -> line.contains("training diverged: a loss of"));
    assertThat(results.claims().stringColumn("holds"))
        .allMatch(
            holds ->
                holds.equals("undecided: a member diverged")
                    || holds.equals("not reached at this length")
                    || holds.equals("does not hold"));
    assertThat(plan.run().diverged()).isEqualTo(results.diverged());
  }
}
