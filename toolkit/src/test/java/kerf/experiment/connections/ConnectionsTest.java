package kerf.experiment.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import java.util.List;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.mask.Mask;
import kerf.model.Initialization;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionsTest {

  @ParameterizedTest
  @EnumSource(Net.class)
  void theArticlesFractionsMakeATwelfth(Net net) {
    Network dense = net.architecture().initialize(1);
    Mask mask = net.pruning(1).mask(dense);
    assertThat(1 / mask.density()).isGreaterThanOrEqualTo(12);
    mask.layers()
        .forEach(
            layer ->
                assertThat(layer.density()).isCloseTo(net.kept().get(layer.name()), offset(0.001)));
    // Half the way twice is the whole way.
    assertThat(net.pruning(1).mask(net.pruning(0.5).prune(dense))).isEqualTo(mask);
  }

  @Test
  void aRunShowsItselfAndASecondOneReadsItBack(@TempDir Path home) {
    Connections plan = Connections.of(Length.SMOKE).home(home);
    Survivors survivors = plan.run();
    assertThat(survivors.claims().rowCount()).isEqualTo(10);
    // LeNet-5: dense and 2 rounds. LeNet-300-100: dense, 3 rounds, dense with L1, twice 3 at once.
    assertThat(survivors.table().rowCount()).isEqualTo(3 + 4 + 1 + 6);
    assertThat(survivors.layers().rowCount()).isEqualTo(3 + 4);
    assertThat(survivors.layers().stringColumn("layer").asList())
        .containsExactly("fc1", "fc2", "fc3", "conv1", "conv2", "fc1", "fc2");
    assertThat(survivors.layers().doubleColumn("quality").min()).isGreaterThan(0);
    assertThat(survivors.rounds().toString())
        .contains(
            "chart \"LeNet-5\": test error (%) by times fewer weights\n  retrained: 3 points");
    assertThat(survivors.tradeoff().toString())
        .contains("L1, not retrained: 3 points", "L2, retrained: 3", "L2, iterated: 3", "paper (");
    assertThat(survivors.sensitivity().toString()).contains("  conv1: 10 points");
    assertThat(survivors.survivalMap().layer().kept()).isEqualTo(18_816);
    assertThat(
            survivors
                .pruned(new Lenet5(), 1)
                .mask()
                .isSubsetOf(survivors.dense(new Lenet5(), 1).mask()))
        .isTrue();
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(survivors.table()));
  }

  @Test
  void oneNetworkAloneIsEnough(@TempDir Path home) {
    Survivors survivors = Connections.of(Length.SMOKE).home(home).networks(new Lenet5()).run();
    assertThat(survivors.claims().rowCount()).isEqualTo(3);
    assertThatThrownBy(survivors::survivalMap)
        .hasMessage(
            "no LeNet-300-100 in this run, which has [LeNet-5]; add it with networks(lenet300100(), lenet5())");
    assertThatThrownBy(() -> survivors.pruned(new Lenet5(), 2))
        .hasMessage("no round 2 of LeNet-5 with seed 2; this run has rounds 0 to 2 and seeds [1]");
  }

  @Test
  void theRunIdIsTheSameForWhatDecidesAUnitAlone() {
    Connections plan = Connections.of(Length.QUICK);
    assertThat(plan.seeds(7, 8).networks(new Lenet5()).identity().runId())
        .isEqualTo(plan.identity().runId())
        .isNotEqualTo(Connections.of(Length.STANDARD).identity().runId());
  }

  @Test
  void wrongArgumentsAreRefusedWithTheirCure() {
    Connections plan = Connections.of(Length.SMOKE);
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.networks())
        .hasMessage(
            "networks must name at least one, found none; write networks(lenet300100(), lenet5())");
    assertThatThrownBy(() -> plan.networks(new Lenet300100(new Initialization.KaimingNormal())))
        .hasMessage(
            "the article's networks are lenet300100() and lenet5(), found lenet300100(kaimingNormal)");
    assertThatThrownBy(() -> Recipe.of(0.1, 64, 10, 10, 10, 0, 1))
        .hasMessage("rounds must be 1 or more, and 0 or more beyond, found 0 and 1");
  }

  @Test
  void differencesFromTheArticleAreSaid(@TempDir Path home) {
    List<String> differences =
        Connections.of(Length.SMOKE).home(home).networks(new Lenet300100()).run().differences();
    assertThat(differences).contains("trained as briefly as length smoke asks");
  }

  @Test
  void whatDivergedHasNoCounts(@TempDir Path home) {
    Connections plan = Connections.of(Length.SMOKE).home(home).networks(new Lenet5());
    Unit unit = Unit.round(Net.LENET_5, 1, 2);
    Outcome.diverged("a loss of NaN").save(plan.identity().folder(home).resolve(unit.path()));

    Survivors survivors = plan.run();

    assertThat(survivors.diverged())
        .containsExactly("diverged: LeNet-5, seed 1, round 2: a loss of NaN");
    assertThat(survivors.table().longColumn("weights kept").countMissing()).isEqualTo(1);
    assertThat(survivors.table().doubleColumn("accuracy").countMissing()).isEqualTo(1);
    assertThat(survivors.layers().longColumn("kept").countMissing()).isEqualTo(4);
    assertThat(survivors.layers().longColumn("weights").countMissing()).isZero();
    assertThat(survivors.claims().stringColumn("holds")).contains("undecided: a member diverged");
  }
}
