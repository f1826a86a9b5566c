package kerf.experiment.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import kerf.data.Datasets;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.model.CifarVgg16;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class StructuredTest {
  private static Structured smoke(Path home) {
    return Structured.of(Length.SMOKE).home(home);
  }

  @Test
  void aRunShowsItselfAndASecondOneReadsItBack(@TempDir Path home) {
    Structured plan = smoke(home);
    StructuredResults results = plan.run();
    Table table = results.table();
    assertThat(table.rowCount()).isEqualTo(1 + 8 * 2);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(table));
    assertAsManyWeightsInAllArms(table);
    assertSlimNetworksAreSmallAndShareTheirWidths(results);
    assertScratchHasFreshWeights(results);

    assertThat(results.claims().rowCount()).isEqualTo(8);
    assertThat(results.toString()).contains("without 30 % of the filters");
    assertThat(results.differences())
        .hasSize(7)
        .contains("weights: Scratch-E alone; the article has Scratch-B too");
    assertThat(results.accuracy().toString())
        .contains("Accuracy by weights", "filters, L1: 2 points", "dense: 1 point");
    assertThat(results.scratch().toString()).contains("weights, Scratch-E: 2 points");
    assertThat(results.latencies().rowCount()).isEqualTo(4);
    assertThat(results.latencies().doubleColumn("kept").asList())
        .containsExactly(1.0, 0.5, 0.7, 0.5);
    assertThat(results.speed().toString())
        .contains("slim, batch 64: 3 points", "masked, batch 64: 1 point");
    assertThatThrownBy(() -> results.network(Arm.GLOBAL, 0.3, 1))
        .hasMessage(
            "no weights, global with 0.3 of the filters and seed 1 in this run; fractions are [0.7, 0.5], seeds [1]");
    assertThatThrownBy(() -> results.network(null, 0.7, 1))
        .hasMessage("arm must be given, found null");
  }

  /**
   * 4 and 8 filters of 3×3, 10 outputs; half of the filters go, or as many single weights; layer by
   * layer they are rounded.
   */
  private static void assertAsManyWeightsInAllArms(Table table) {
    List<Long> weights =
        IntStream.range(0, table.rowCount())
            .filter(row -> table.doubleColumn("kept").get(row) == 0.5)
            .filter(row -> !table.stringColumn("arm").get(row).equals(Arm.LAYERWISE.toString()))
            .mapToObj(row -> table.longColumn("weights").get(row))
            .distinct()
            .toList();
    assertThat(weights).containsExactly(2L * 9 + 2 * 4 * 9 + 4 * 49 * 10);
  }

  private static void assertSlimNetworksAreSmallAndShareTheirWidths(StructuredResults results) {
    for (Arm arm : List.of(Arm.FILTER_L1, Arm.RANDOM_FILTER, Arm.SLIM_SCRATCH_E)) {
      Network slim = results.network(arm, 0.5, 1);
      assertThat(slim.shape("conv1")).containsExactly(2, 1, 3, 3);
      assertThat(slim.shape("conv2")).containsExactly(4, 2, 3, 3);
    }
    Network masked = results.network(Arm.GLOBAL, 0.5, 1);
    assertThat(masked.shape("conv2")).containsExactly(8, 4, 3, 3);
  }

  /** Scratch-E has the mask of what is fine-tuned, but not a weight of it, nor of each other. */
  private static void assertScratchHasFreshWeights(StructuredResults results) {
    Network tuned = results.network(Arm.GLOBAL, 0.5, 1);
    Network scratch = results.network(Arm.MASK_SCRATCH_E, 0.5, 1);
    assertThat(scratch.mask()).isEqualTo(tuned.mask());
    assertThat(scratch.weights("conv2")).isNotEqualTo(tuned.weights("conv2"));
    assertThat(results.network(Arm.SLIM_SCRATCH_B, 0.5, 1).weights("conv2"))
        .isNotEqualTo(results.network(Arm.SLIM_SCRATCH_E, 0.5, 1).weights("conv2"));
  }

  @Test
  void scratchBSpendsTheDenseNetworksMultiplications() {
    assertThat(Protocol.PUBLISHED.budgetEpochs(1_000, 400)).isEqualTo(400);
    assertThat(new Protocol(160, 0.1, 40, 0.001, 2).budgetEpochs(1_000, 400)).isEqualTo(320);
    // Rounded down, as in the authors' code.
    assertThat(new Protocol(8, 0.1, 2, 0.01, 2).budgetEpochs(1_000, 600)).isEqualTo(13);
  }

  /** VGG-16 at a quarter of its widths: the first convolution, whose inputs stay, hardly counts. */
  @Test
  void withoutThirtyPercentOfVggsFiltersHalfOfTheMultiplicationsAreLeft() {
    CifarVgg16 quarter =
        new CifarVgg16().widths(16, 16, 32, 32, 64, 64, 64, 128, 128, 128, 128, 128, 128);
    Cutter cutter = new Cutter(quarter, List.of(0.7));
    assertThat((double) cutter.slim(0.7).macs() / cutter.dense().macs())
        .isCloseTo(0.49, offset(0.01));
  }

  @Test
  void theConvnetTakesTheShapeOfTheData() {
    Structured plan = Structured.of(Length.SMOKE).data(Datasets.digits());
    assertThat(plan.network()).isEqualTo(new Convnet(4, 8).input(1, 8, 8));
  }

  @Test
  void theRunIdIsTheSameForWhatDecidesAUnitAlone() {
    Structured plan = Structured.of(Length.FULL);
    assertThat(plan.identity().canonical()).isEqualTo("structured()");
    assertThat(plan.seeds(1).kept(0.4).identity().runId()).isEqualTo(plan.identity().runId());
    assertThat(Structured.of(Length.QUICK).identity().runId())
        .isNotEqualTo(Structured.of(Length.STANDARD).identity().runId());
  }

  @Test
  void armsAreFoundByTheirNames() {
    for (Arm arm : Arm.values()) {
      assertThat(Arm.named(arm.toString())).isEqualTo(arm);
    }
    assertThatThrownBy(() -> Arm.named("L1"))
        .hasMessage(
            "arm must be one of dense; weights, global; weights, layer-wise; weights, Scratch-E; filters, L1; filters, L2; filters, random; filters, Scratch-E; filters, Scratch-B, found 'L1'");
  }

  @Test
  void wrongArgumentsAreRefusedWithTheirCure() {
    Structured plan = Structured.of(Length.SMOKE);
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.kept(0.5, 70))
        .hasMessage(
            "kept must be descending fractions of filters in (0, 1), found [0.5, 70.0]; write kept(0.7, 0.5, 0.3)");
    assertThatThrownBy(() -> plan.kept(new double[0]))
        .hasMessage(
            "kept must be descending fractions of filters in (0, 1), found []; write kept(0.7, 0.5, 0.3)");
    assertThatThrownBy(() -> plan.network(new CifarVgg16()))
        .hasMessageEndingWith(
            "takes images of shape [3, 32, 32], found [1, 28, 28] in fashion-mnist; give data(...) before network(...), and the network's input(channels, height, width)");
    assertThatThrownBy(() -> new Protocol(0, 0.1, 2, 0.01, 2))
        .hasMessage(
            "epochs must be 1 or more passes over the training images, found 0, and 2 after pruning");
    assertThatThrownBy(() -> new Protocol(8, 0.1, 2, 0.01, 0.5))
        .hasMessage("cap must be 1 or more times the dense network's epochs, found 0.5");
  }

  @Test
  void whatDivergedHasNoCounts(@TempDir Path home) {
    Structured plan = smoke(home);
    Unit unit = new Unit(1, Arm.FILTER_L1, 0.5);
    Outcome.diverged("a loss of NaN").save(plan.identity().folder(home).resolve(unit.path()));

    StructuredResults results = plan.run();

    assertThat(results.diverged())
        .containsExactly("diverged: seed 1, filters, L1, 50 %: a loss of NaN");
    for (String count : new String[] {"weights", "macs", "epochs"}) {
      assertThat(results.table().longColumn(count).countMissing()).as(count).isEqualTo(1);
    }
    assertThat(results.table().doubleColumn("accuracy").countMissing()).isEqualTo(1);
    assertThat(results.claims().stringColumn("holds")).contains("undecided: a member diverged");
  }
}
