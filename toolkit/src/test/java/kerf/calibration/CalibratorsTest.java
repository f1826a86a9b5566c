package kerf.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import kerf.data.Dataset;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.observer.Observer;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.training.Evaluator;
import kerf.training.TrainedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CalibratorsTest {
  private static final Dataset DATA = TrainedDigits.DATA;
  private static final Samples IMAGES = DATA.train().sample(64, 1);
  private static Network network;

  @BeforeAll
  static void train() {
    network = TrainedDigits.after(3);
  }

  @Test
  void oneOutlierIsClippedByAPercentileAndNotByMinMax() {
    float[] values = new float[1_000];
    for (int i = 0; i < 999; i++) {
      values[i] = i % 4;
    }
    values[999] = 30;
    Observer most = Observer.percentile(0.999);
    TensorCalibration found =
        Calibrators.standard()
            .observers(Observer.minMax(), most)
            .format(IntegerFormat.unsigned(4))
            .bits(4, 2)
            .compare(values);
    CalibratorRow all = found.row(Observer.minMax(), 4);
    assertThat(all.high()).isEqualTo(30);
    assertThat(all.scale()).isEqualTo(2);
    assertThat(all.clipped()).isZero();
    // Of 0, 1, 2, 3 and scale 2, 1 becomes 0 or 2 and 3 becomes 4 (or 2): an error of 1 each.
    assertThat(all.meanSquaredError()).isCloseTo(0.499, within(0.002));
    CalibratorRow clipped = found.row(most, 2);
    assertThat(clipped.high()).isCloseTo(3, within(0.02f));
    assertThat(clipped.clipped()).isEqualTo(0.001);
    assertThat(clipped.clippedError()).isGreaterThan(0.99);
    assertThat(found.table().rowCount()).isEqualTo(2);
    assertThat(found.byBits().rowCount()).isEqualTo(4);
    assertThatThrownBy(() -> found.row(most, 8))
        .hasMessage(
            "no percentile(0.999) at 8 bits in this comparison; it has [minMax(), percentile(0.999)] at [4, 2] bits");
  }

  @Test
  void whatAnObserverGivesDoesNotDependOnTheOthers() {
    float[] values = RandomStream.of(1, "values").gaussians(5_000, 1);
    TensorCalibration found =
        Calibrators.standard().format(IntegerFormat.signed(8)).compare(values);
    for (Observer observer : Calibrators.standard().observers()) {
      for (int bits : new int[] {8, 4}) {
        var state = observer.start(IntegerFormat.signed(bits));
        state.observe(values, values.length);
        assertThat(found.row(observer, bits).scale())
            .as("%s, %d bits", observer, bits)
            .isEqualTo(state.quantizer().params().get(0).scale());
      }
    }
    double least = found.row(Observer.leastSquares(), 3).sqnr();
    for (Observer observer : Calibrators.standard().observers()) {
      assertThat(found.row(observer, 3).sqnr()).as("%s", observer).isLessThan(least + 0.1);
    }
  }

  @Test
  void aLayerShowsItsHistogramWithEachCut() {
    TensorCalibration found =
        Calibrators.standard()
            .observers(Observer.minMax(), Observer.kl())
            .compare(network, "relu1", IMAGES);
    assertThat(found.chart(4).toString())
        .contains(
            "relu1: where each calibrator cuts, 4 bits", "minMax(): 1 point", "kl(): 1 point");
    assertThat(found.sqnr().toString()).contains("kl(): 7 points");
    assertThat(found.divergence().toString()).contains("least divergence: 1 point", "256 levels");
    assertThat(found.bundle().parts()).containsKeys("image/png", "text/plain");
    assertThat(found.toString()).startsWith("calibrators of relu1, 32,768 numbers");
    TensorCalibration both =
        Calibrators.standard()
            .observers(Observer.minMax())
            .format(IntegerFormat.signed(8).symmetric())
            .compare(network, "conv1", IMAGES);
    assertThat(both.chart().toString()).contains("minMax(): 2 points");
  }

  @Test
  void aNetworkOf8BitsIsAboutAsGoodAndOneOf2IsNot() {
    Calibrators plan = Calibrators.standard().observers(Observer.minMax(), Observer.leastSquares());
    NetworkCalibration found = plan.bits(8, 2).accuracies(network, IMAGES, DATA.validation());
    assertThat(found.floats())
        .isEqualTo(Evaluator.measure(network, DATA.validation()).accuracy())
        .isGreaterThan(0.9);
    assertThat(found.accuracy(Observer.minMax(), 8)).isCloseTo(found.floats(), within(0.02));
    assertThat(found.accuracy(Observer.minMax(), 2)).isLessThan(found.floats() - 0.02);
    assertThat(found.rows()).hasSize(4);
    assertThat(plan.bits(8, 2).accuracies(network, IMAGES, DATA.validation())).isEqualTo(found);
    assertThat(found.chart().toString()).contains("leastSquares(): 2 points");
    assertThatThrownBy(() -> found.accuracy(Observer.kl(), 8))
        .hasMessage("no kl() at 8 bits in this comparison");
  }

  @Test
  void wrongPlansAreRefused() {
    Calibrators plan = Calibrators.standard();
    assertThatThrownBy(() -> plan.observers(new Observer[0]))
        .hasMessage("calibrators need at least one observer and each only once, found []");
    assertThatThrownBy(() -> plan.format(IntegerFormat.signed(8).perChannel()))
        .hasMessage(
            "calibrators choose one range a tensor, found int8 [-128, 127] affine per channel; call perTensor()");
    assertThatThrownBy(() -> plan.bits(4, 8))
        .hasMessage(
            "bits must be widths from 8 to 2, descending, found [4, 8]; write bits(8, 6, 4, 3, 2)");
    assertThatThrownBy(() -> plan.bits(1))
        .hasMessage(
            "bits must be widths from 8 to 2, descending, found [1]; write bits(8, 6, 4, 3, 2)");
    assertThatThrownBy(() -> plan.compare(new float[0]))
        .hasMessage("calibrators need numbers to look at, found none");
    assertThatThrownBy(() -> plan.compare(network, "relu9", IMAGES))
        .hasMessageStartingWith("no node 'relu9' in the graph; it has ");
  }
}
