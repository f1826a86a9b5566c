package kerf.experiment.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kerf.data.Datasets;
import kerf.experiment.Length;
import kerf.model.Activation;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.table.Csv;
import kerf.training.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class FakeQuantizationTest {
  private static FakeQuantization smoke(Path home) {
    return FakeQuantization.of(Length.SMOKE).home(home);
  }

  @Test
  void aRunShowsItselfAndASecondOneReadsItBack(@TempDir Path home) {
    FakeQuantization plan = smoke(home);
    FakeQuantizationResults results = plan.run();
    Table table = results.table();
    // Two activations and another width in floats, twice; two widths in 8 bits, of which one is in
    // the grid of two ways, four settings, two numbers of bits.
    assertThat(table.rowCount()).isEqualTo(2 * 3 + 1 + 2 * 4 * 2);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(table));
    assertChangesAreAgainstTheirOwnFloatNetwork(table);
    assertNetworksAreThoseOfTheTable(plan, results, table);

    assertThat(results.claims().rowCount()).isEqualTo(8);
    assertThat(results.toString())
        .contains("at 4 bits training recovers", "not reached at this length");
    assertThat(results.differences())
        .hasSize(7)
        .contains(
            "gradients of the extra passes are scaled down to the norm 1.0 at most; without that, trainings of 2 and 3 bits diverge",
            "latency of ONNX Runtime on this machine; the article has phones");
    assertThat(results.accuracy().toString())
        .contains("A scale for each filter", "PTQ: 2 points", "float, fine-tuned: 2 points");
    assertThat(results.settings().toString())
        .contains("not folded, then folded: 2 points", "paper (Inception v3)");
    assertFilesRunInIntegers(results);
    assertThat(results.latency().toString()).contains("int8: 2 points", "float: 2 points");
    assertThatThrownBy(() -> results.network(Setting.RELU6, 7))
        .hasMessage(
            "no seed 7, float, ReLU6 of width 1.0 in this run; its bits are [8, 3], seeds [1], widths [1.0, 2.0]");
  }

  private static void assertChangesAreAgainstTheirOwnFloatNetwork(Table table) {
    Map<String, Double> floats =
        table.stream()
            .filter(row -> row.getString("widths").equals("4-8"))
            .filter(row -> row.getInt("bits") == 32)
            .collect(
                Collectors.toMap(
                    row -> row.getString("network") + ", " + row.getString("setting"),
                    row -> row.getDouble("accuracy")));
    assertThat(floats.keySet())
        .containsExactlyInAnyOrder(
            "float, ReLU", "float, ReLU6", "float, fine-tuned, ReLU", "float, fine-tuned, ReLU6");
    Row relu6 =
        table.stream()
            .filter(row -> row.getString("setting").equals("ReLU6"))
            .filter(row -> row.getString("network").equals("QAT"))
            .findFirst()
            .orElseThrow();
    assertThat(relu6.getDouble("points against float of as many passes"))
        .isEqualTo(
            100 * (relu6.getDouble("accuracy") - floats.get("float, fine-tuned, ReLU6")),
            within(1e-9));
  }

  private static void assertNetworksAreThoseOfTheTable(
      FakeQuantization plan, FakeQuantizationResults results, Table table) {
    Network network = results.network(Setting.RELU6, 1);
    assertThat(network.architecture())
        .isEqualTo(new Convnet(4, 8).input(1, 28, 28).activation(Activation.RELU6));
    assertThat(Evaluator.measure(network, plan.data().test()).accuracy())
        .isEqualTo(
            table.stream()
                .filter(row -> row.getString("network").equals("float"))
                .filter(row -> row.getString("setting").equals("ReLU6"))
                .mapToDouble(row -> row.getDouble("accuracy"))
                .findFirst()
                .orElseThrow());
  }

  /** What was simulated is what ONNX Runtime computes, but for an image or two of 200. */
  private static void assertFilesRunInIntegers(FakeQuantizationResults results) {
    Table speeds = results.latencies();
    assertThat(speeds.stringColumn("network").asList())
        .containsExactly("float", "int8", "float", "int8");
    assertThat(speeds.stringColumn("widths").asList())
        .containsExactly("4-8", "4-8", "8-16", "8-16");
    Map<String, Double> simulated =
        results.table().stream()
            .filter(row -> row.getString("setting").equals("per channel"))
            .filter(row -> row.getString("network").equals("QAT"))
            .filter(row -> row.getInt("bits") == 8)
            .collect(
                Collectors.toMap(row -> row.getString("widths"), row -> row.getDouble("accuracy")));
    assertThat(simulated.keySet()).isEqualTo(Set.of("4-8", "8-16"));
    assertThat(results.latencyClaims().stringColumn("claim").asList())
        .hasSize(3)
        .contains("integers in ONNX Runtime are as accurate as simulated");
    for (int row : new int[] {1, 3}) {
      assertThat(speeds.doubleColumn("accuracy").get(row))
          .isEqualTo(simulated.get(speeds.stringColumn("widths").get(row)), within(0.02));
      assertThat(speeds.longColumn("bytes").get(row))
          .isLessThan(speeds.longColumn("bytes").get(row - 1));
    }
  }

  /** 2 bits have the grid -1, 0, 1: PTQ of a trained network must be worse than of 8 bits. */
  @Test
  void fewerBitsAreWorse(@TempDir Path home) {
    Table table = smoke(home).bits(8, 2).scales(1).run().table();
    double[] accuracies =
        IntStream.of(8, 2)
            .mapToDouble(
                bits ->
                    table.stream()
                        .filter(row -> row.getString("network").equals("PTQ"))
                        .filter(row -> row.getInt("bits") == bits)
                        .mapToDouble(row -> row.getDouble("accuracy"))
                        .average()
                        .orElseThrow())
            .toArray();
    assertThat(accuracies[0]).isGreaterThan(accuracies[1] + 0.1);
  }

  @Test
  void theRunIdIsTheSameForWhatDecidesAUnitAlone() {
    FakeQuantization plan = FakeQuantization.of(Length.FULL);
    assertThat(plan.identity().canonical()).isEqualTo("fake-quantization()");
    assertThat(plan.seeds(1).bits(4).scales(1).identity().runId())
        .isEqualTo(plan.identity().runId());
    assertThat(FakeQuantization.of(Length.QUICK).identity().runId())
        .isNotEqualTo(FakeQuantization.of(Length.STANDARD).identity().runId());
    assertThat(plan.data(Datasets.digits()).network())
        .isEqualTo(new Convnet(16, 32, 64).input(1, 8, 8));
  }

  @Test
  void settingsAreFoundByTheirNames() {
    for (Setting setting : Setting.values()) {
      assertThat(Setting.named(setting.toString())).isEqualTo(setting);
    }
    assertThatThrownBy(() -> Setting.named("per layer"))
        .hasMessage(
            "setting must be one of per tensor; per channel; not folded; ReLU6, found 'per layer'");
  }

  @Test
  void wrongArgumentsAreRefusedWithTheirCure() {
    FakeQuantization plan = FakeQuantization.of(Length.SMOKE);
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.bits(8, 1))
        .hasMessage(
            "bits must be descending numbers from 8 to 2, found [8, 1]; write bits(8, 4, 3)");
    assertThatThrownBy(() -> plan.bits(3, 4))
        .hasMessage(
            "bits must be descending numbers from 8 to 2, found [3, 4]; write bits(8, 4, 3)");
    assertThatThrownBy(() -> plan.bits(9)).hasMessageContaining("found [9]");
    assertThatThrownBy(() -> plan.bits(new int[0])).hasMessageContaining("found []");
    assertThatThrownBy(() -> plan.scales(1, 0.5))
        .hasMessage(
            "scales must be ascending multiples of the network's widths, found [1.0, 0.5]; write scales(0.5, 1, 2)");
    assertThatThrownBy(() -> plan.scales(new double[0])).hasMessageContaining("found []");
    assertThatThrownBy(() -> plan.network(new Convnet(4)))
        .hasMessageEndingWith(
            "takes images of shape [3, 32, 32], found [1, 28, 28] in fashion-mnist; give data(...) before network(...), and the network's input(channels, height, width)");
    assertThatThrownBy(() -> new Protocol(0, 0.1, 2, 0.02, 64, 512))
        .hasMessage(
            "epochs must be 1 or more passes over the training images, found 0, and 2 extra");
    assertThatThrownBy(() -> new Protocol(8, 0.1, 2, 0.02, 64, 0))
        .hasMessage("calibration must be 1 or more images, found 0; write 512");
  }

  @Test
  void moreImagesToCalibrateOnThanThereAreAreRefusedBeforeAnythingIsTrained(@TempDir Path home) {
    FakeQuantization plan = smoke(home).protocol(new Protocol(2, 0.05, 1, 0.05, 64, 641));
    assertThatThrownBy(plan::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fashion-mnist train has 640 images to choose from, found a wish for 641");
  }
}
