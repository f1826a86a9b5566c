package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Evaluator;
import kerf.training.Recalibration;
import kerf.training.TrainedDigits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final Dataset DATA = TrainedDigits.DATA;
  private static Network network;

  @BeforeAll
  static void train() {
    network = TrainedDigits.after(3);
  }

  @Test
  void prunesOneLayerAtATime() {
    Sensitivity plan = Sensitivity.of(network).data(DATA.validation()).levels(0.5, 0.9);
    Curves curves = plan.scan();
    assertThat(curves.layers())
        .extracting(LayerCurve::layer)
        .containsExactly("conv1", "conv2", "fc1");
    LayerCurve conv2 = curves.layers().get(1);
    assertThat(conv2.levels()).containsExactly(0.0, 0.5, 0.9);
    assertThat(conv2.weights()).isEqualTo(8 * 16 * 9);
    assertThat(conv2.positions()).isEqualTo(16);
    Network alone = Pruning.plan().keep("conv1", "fc1").sparsity(0.9).prune(network);
    assertThat(conv2.accuracies().get(0))
        .isEqualTo(Evaluator.measure(network, DATA.validation()).accuracy());
    assertThat(conv2.accuracies().get(2))
        .isEqualTo(Evaluator.measure(alone, DATA.validation()).accuracy());
    assertThat(plan.scan()).isEqualTo(curves);
  }

  @Test
  void whatIsKeptIsNotScanned() {
    Curves curves =
        Sensitivity.of(network)
            .pruning(Pruning.plan().keep("fc1"))
            .data(DATA.validation())
            .levels(0.9)
            .scan();
    assertThat(curves.layers()).extracting(LayerCurve::layer).containsExactly("conv1", "conv2");
    Network pruned = curves.toSparsity(0.5).prune(network);
    assertThat(pruned.mask().layer("fc1").sparsity()).isZero();
  }

  @Test
  void recalibratesBeforeItMeasures() {
    var training = DATA.train().first(200);
    Curves curves =
        Sensitivity.of(network).data(DATA.validation()).levels(0.9).recalibrated(training).scan();
    Network alone = Pruning.plan().keep("conv1", "fc1").sparsity(0.9).prune(network);
    Network expected = Recalibration.recalibrated(alone, training);
    assertThat(curves.layers().get(1).accuracies().get(1))
        .isEqualTo(Evaluator.measure(expected, DATA.validation()).accuracy());
  }

  @Test
  void reachesTheTargetItWasAskedFor() {
    Curves curves = Sensitivity.of(network).data(DATA.validation()).levels(0.3, 0.6, 0.9).scan();
    Allocation byWeights = curves.toSparsity(0.8);
    assertThat(byWeights.prune(network).mask().sparsity()).isBetween(0.799, 0.801);
    Allocation byMacs = curves.toMacs(0.4);
    NetworkSize size = NetworkSize.of(byMacs.prune(network));
    assertThat((double) size.effectiveMacs() / size.macs()).isBetween(0.395, 0.405);
  }

  @Test
  void showsATableAndLines() {
    Curves curves = Sensitivity.of(network).data(DATA.validation()).levels(0.5).scan();
    assertThat(curves.table().columnNames())
        .containsExactly("layer", "sparsity", "weights remaining", "accuracy", "accuracy lost");
    assertThat(curves.table().rowCount()).isEqualTo(3 * 2);
    assertThat(curves.bundle().parts()).containsKeys("text/plain", "image/png");
  }

  @Test
  void refusals() {
    Sensitivity plan = Sensitivity.of(network);
    assertThatThrownBy(plan::scan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a sensitivity scan needs images to measure on, found none; add"
                + " .data(mnist().validation())");
    assertThatThrownBy(() -> plan.levels(0.5, 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "levels must be ascending sparsities in (0, 1), found [0.5, 80.0]; for 80 % write 0.8");
    assertThatThrownBy(() -> plan.levels(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a scan needs at least one level, found none");
  }

  @Test
  void whatDoesNotGoWithTheNetworkIsRefusedBeforeAnythingIsMeasured() {
    Sensitivity plan = Sensitivity.of(network).data(DATA.validation());
    assertThatThrownBy(() -> plan.pruning(Pruning.plan().keep("fc9")).scan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep names layer fc9, found only conv1, conv2, fc1");
    assertThatThrownBy(() -> plan.recalibrated(Datasets.mnist().train().first(10)).scan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found [1, 28, 28] in mnist train");
  }
}
