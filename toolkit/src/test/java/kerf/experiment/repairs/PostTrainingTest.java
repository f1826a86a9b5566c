package kerf.experiment.repairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import kerf.data.Datasets;
import kerf.experiment.Length;
import kerf.model.Architecture;
import kerf.model.Convnet;
import kerf.model.MobileNet;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class PostTrainingTest {
  /** The smallest that has everything, on digits of 8×8. */
  private static PostTraining tiny(Path home) {
    return PostTraining.of(Length.SMOKE)
        .home(home)
        .data(Datasets.digits().standardized().sample(400, 50, 100, 1))
        .networks(new MobileNet(4, 6).input(1, 8, 8), new Convnet(4, 6).input(1, 8, 8));
  }

  @Test
  void aRunShowsItselfAndASecondOneReadsItBack(@TempDir Path home) {
    PostTraining plan = tiny(home);
    PostTrainingResults results = plan.run();
    Table table = results.table();
    // Two networks: float, and eleven ways at two widths; one of them made uneven: eight ways.
    assertThat(table.rowCount()).isEqualTo(2 * (1 + 11 * 2) + 8);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(table));
    assertThat(results.claims().rowCount()).isEqualTo(11);
    assertThat(results.toString()).contains("-45.69 points to -0.97 (ResNet-18)");
    assertThat(results.differences()).hasSize(7);

    assertThat(results.accuracy().toString())
        .contains(
            "chart \"mobilenet\": test accuracy (%) by bits of a weight",
            "equalized, AdaRound, biases: 2 points", "float: 2 points");
    assertThat(results.published().toString()).contains("MobileNetV2, Nagel et al. 2019");
    assertThat(results.rounding().toString()).contains("ResNet-18, Nagel et al. 2020");
    assertThat(results.ranges().toString()).contains("as trained, batch norm folded");
    assertThat(results.layers().toString()).contains("signal to quantization noise (dB)");
    assertThat(results.network(plan.networks().get(1), 1).layers())
        .containsExactly("conv1", "conv2", "fc1");
    assertThatThrownBy(() -> results.network(plan.networks().get(1), 2))
        .hasMessage(
            "no convnet(4-6, 1×8×8, kaimingNormal) with seed 2 in this run; networks are [mobilenet(4-6, 1×8×8, kaimingNormal), convnet(4-6, 1×8×8, kaimingNormal)], seeds [1]");

    // Equalizing changes no float accuracy; published figures need their widths.
    table
        .where(table.stringColumn("arm").isEqualTo("equalized"))
        .forEach(
            row ->
                assertThat(row.getDouble("float accuracy"))
                    .isEqualTo(
                        table
                            .where(
                                table
                                    .stringColumn("network")
                                    .isEqualTo(row.getString("network").split(",")[0])
                                    .and(table.stringColumn("arm").isEqualTo("float")))
                            .doubleColumn("accuracy")
                            .get(0)));
    assertThatThrownBy(() -> plan.bits(4).run().published())
        .hasMessage(
            "the article's figures are for weights of 8 bits, found a run of [4]; add them with bits(8, 4)");
  }

  @Test
  void plansThatMakeNoSenseAreRefused(@TempDir Path home) {
    PostTraining plan = tiny(home);
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.networks(new Architecture[0]))
        .hasMessage(
            "networks must name at least one, found none; write networks(mobilenet(16, 32, 64).input(1, 28, 28))");
    assertThatThrownBy(() -> plan.bits(8, 9))
        .hasMessage("bits must be widths of 2 to 8, found [8, 9]; write bits(8, 4)");
    assertThatThrownBy(() -> plan.epochs(0))
        .hasMessage("epochs must be 1 or more passes over the training images, found 0");
  }

  @Test
  void networksForOtherImagesAreRefusedBeforeAnythingIsTrained(@TempDir Path home) {
    assertThatThrownBy(() -> tiny(home).networks(new Convnet(4, 6).input(1, 28, 28)).run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes inputs of shape [1, 28, 28], found [1, 8, 8]");
  }
}
