package kerf.experiment.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import kerf.experiment.Length;
import kerf.model.Convnet;
import kerf.observer.Aciq;
import kerf.table.Csv;
import kerf.training.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static Calibration smoke(Path home) {
    return Calibration.of(Length.SMOKE).home(home);
  }

  @Test
  void aRunShowsItselfAndASecondOneReadsItBack(@TempDir Path home) {
    Calibration plan = smoke(home);
    CalibrationResults results = plan.run();
    assertThat(results.table().rowCount()).isEqualTo(2 * 3 * 10);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(results.table()));
    assertThat(results.summary().columnNames()).contains("8 bits", "4 bits", "2 bits");
    assertThat(results.summary().rowCount()).isEqualTo(10);
    double floats = Evaluator.measure(results.network(1), plan.data().test()).accuracy();
    double lost = results.table().doubleColumn("lost").get(0);
    assertThat(results.table().doubleColumn("accuracy").get(0) + lost)
        .isCloseTo(floats, within(1e-9));
    assertThat(results.calibrationImages(1).size()).isEqualTo(64);
    assertThat(results.claims().rowCount()).isEqualTo(9);
    assertThat(results.toString()).contains("5.03 b", "no significant loss");
    assertThat(results.accuracy().toString())
        .contains("Accuracy by width", "minMax(): 3 points", "64 calibration images");
    assertThat(results.images().toString()).contains("activations of 2 bits", "kl(): 2 points");
    assertThat(results.differences()).hasSize(5);
    assertThatThrownBy(() -> results.network(7)).hasMessage("no seed 7 in this run; seeds are [1]");
  }

  @Test
  void theSearchFindsThePublishedClipping() {
    for (int bits : new int[] {8, 6, 4}) {
      for (Aciq.Distribution distribution : Aciq.Distribution.values()) {
        double published = Clipping.published(distribution, bits);
        assertThat(Clipping.measured(distribution).get(bits))
            .as("%s at %d bits", distribution, bits)
            .isCloseTo(published, within(0.1 * published));
      }
    }
    assertThat(Clipping.published())
        .hasSize(2 * 7)
        .contains(new Clipping("Laplace (in b)", 4, 5.03));
  }

  @Test
  void plansAreToldApartByWhatMakesTheirResults(@TempDir Path home) {
    Calibration plan = smoke(home);
    String id = plan.identity().runId();
    assertThat(plan.seeds(2, 3).images(8).identity().runId()).isEqualTo(id);
    assertThat(plan.epochs(3).identity().runId()).isNotEqualTo(id);
    assertThat(Calibration.of(Length.FULL).identity().canonical()).isEqualTo("calibration()");
  }

  @Test
  void wrongPlansAreRefused(@TempDir Path home) {
    Calibration plan = smoke(home);
    assertThatThrownBy(() -> plan.images(64, 16))
        .hasMessage(
            "images must be ascending numbers of the 640 training images, found [64, 16]; write images(16, 128, 1024)");
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.epochs(0))
        .hasMessage("epochs must be 1 or more passes over the training images, found 0");
    assertThatThrownBy(() -> plan.network(new Convnet(4).input(1, 8, 8)))
        .hasMessage(
            "convnet(4, 1×8×8, kaimingNormal) takes images of shape [1, 8, 8], found [1, 28, 28] in fashion-mnist; give data(...) before network(...), and the network's input(channels, height, width)");
  }
}
