package kerf.experiment.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import kerf.experiment.Length;
import kerf.experiment.Outcome;
import kerf.mask.Mask;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {

  private static Robustness smoke(Path home) {
    return Robustness.of(Length.SMOKE).home(home);
  }

  @Test
  void theNetworksAreThoseOfTheArticle() {
    assertThat(parameters(Net.DENSE_CNN_1)).isEqualTo(30 * 25 + 4_320 * 1_000 + 1_000 * 10);
    assertThat(parameters(Net.DENSE_CNN_2))
        .isEqualTo(30 * 25 + 30 * 30 * 25 + 480 * 1_000 + 1_000 * 10);
    assertThat(parameters(Net.SPARSE_CNN_1)).isEqualTo(30 * 25 + 4_320 * 150 + 150 * 10);
    assertThat(parameters(Net.SPARSE_CNN_2))
        .isEqualTo(32 * 25 + 32 * 64 * 25 + 1_024 * 700 + 700 * 10);
    assertThat(Net.SPARSE_CNN_2.architecture().describe())
        .isEqualTo("sparseCnn(32 k=400, 64 k=300 | 700 k=100, kaimingUniform)");
  }

  private static long parameters(Net net) {
    return net.architecture().initialize(1).mask().size();
  }

  @Test
  void aRunTrainsMeasuresAndReadsBack(@TempDir Path home) {
    Robustness plan = smoke(home).nets(Net.SPARSE_CNN_1, Net.PRUNED);
    RobustnessResults results = plan.run();
    // With the pruned network comes the one it was pruned from.
    assertThat(results.table().rowCount()).isEqualTo(3);
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(results.table()));
    assertThat(results.score(Net.DENSE, 1).images()).isEqualTo(1_100);

    Network sparse = results.network(Net.SPARSE_CNN_1, 1);
    assertThat(sparse.values("kwinners1.epoch")).containsExactly(2);
    assertThat(sparse.values("kwinners2.seen")).containsExactly(1_000);
    float[] duty = sparse.values("kwinners2.dutyCycle");
    double mean = IntStream.range(0, duty.length).mapToDouble(i -> duty[i]).average().orElse(0);
    assertThat(mean).isCloseTo(50 / 150.0, offset(0.1));
    assertOnlyTheHiddenLayerIsSparse(sparse.mask());

    Network pruned = results.network(Net.PRUNED, 1);
    assertOnlyTheHiddenLayerIsSparse(pruned.mask());
    float[] kept = magnitudes(results.network(Net.DENSE, 1), pruned.mask(), true);
    float[] gone = magnitudes(results.network(Net.DENSE, 1), pruned.mask(), false);
    assertThat(kept[0]).isGreaterThanOrEqualTo(gone[gone.length - 1]);
  }

  private static void assertOnlyTheHiddenLayerIsSparse(Mask mask) {
    assertThat(mask.layer("fc1").kept()).isEqualTo(4_320 * 150 * 3 / 10);
    assertThat(mask.layer("conv1").kept()).isEqualTo(30 * 25);
    assertThat(mask.layer("fc2").kept()).isEqualTo(1_500);
  }

  private static float[] magnitudes(Network dense, Mask mask, boolean kept) {
    float[] weights = dense.weights("fc1");
    float[] chosen = new float[weights.length];
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (mask.layer("fc1").keeps(i) == kept) {
        chosen[count++] = Math.abs(weights[i]);
      }
    }
    float[] sorted = Arrays.copyOf(chosen, count);
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void claimsThatAreOutOfReachSaySo(@TempDir Path home) {
    RobustnessResults results = smoke(home).nets(Net.SPARSE_ACTIVATIONS, Net.DENSE).run();
    assertThat(results.claims().rowCount()).isEqualTo(11);
    assertThat(results.claims().stringColumn("holds").asList())
        .filteredOn(verdict -> verdict.equals("not reached at this length"))
        .hasSize(10);
    assertThat(results.toString()).contains("ablation: sparse activations alone");
    assertThat(results.differences())
        .hasSize(7)
        .first()
        .asString()
        .startsWith("at most 2 passes over 640 images, 1 seeds");
    assertThat(results.ablation().toString()).contains("sparse activations: 11 points", "2 bars");
    assertThatThrownBy(() -> results.network(Net.DENSE_CNN_1, 1))
        .hasMessage(
            "no DenseCNN-1 of seed 1 in this run; nets are [dense, sparse activations], seeds [1]");
    assertThatThrownBy(() -> results.network(null, 1)).hasMessage("net must be given, found null");
    assertThatThrownBy(() -> results.score(null, 1)).hasMessage("net must be given, found null");
  }

  @Test
  void theRunIdIsTheSameForWhatDecidesAUnitAlone() {
    Robustness plan = Robustness.of(Length.FULL);
    assertThat(plan.identity().canonical()).isEqualTo("robustness()");
    assertThat(plan.seeds(1).nets(Net.DENSE).identity().runId()).isEqualTo(plan.identity().runId());
    assertThat(plan.epochs(3).identity().canonical()).isEqualTo("robustness(epochs=3)");
  }

  @Test
  void wrongArgumentsAreRefusedWithTheirCure() {
    Robustness plan = Robustness.of(Length.SMOKE);
    assertThatThrownBy(() -> plan.epochs(0))
        .hasMessage("epochs must be 1 or more passes over the training images, found 0");
    assertThatThrownBy(() -> plan.seeds(new long[0]))
        .hasMessage("seeds must name at least one repetition, found none; write seeds(1, 2, 3)");
    assertThatThrownBy(() -> plan.nets(new Net[0]))
        .hasMessage("nets must name at least one network, found none");
  }

  /** The dense network is made to have diverged, and with it goes what is pruned from it. */
  @Test
  void whatDivergedIsKeptAndShown(@TempDir Path home) {
    Robustness plan = smoke(home).nets(Net.SPARSE_ACTIVATIONS, Net.PRUNED);
    Outcome.diverged("a loss of NaN")
        .save(plan.identity().folder(home).resolve(new Unit(1, Net.DENSE).path()));

    RobustnessResults results = plan.run();

    assertThat(results.diverged()).hasSize(2).allMatch(line -> line.endsWith(": a loss of NaN"));
    assertThat(results.toString()).contains(results.diverged());
    assertThat(results.table().longColumn("noise score").countMissing()).isEqualTo(2);
    assertThat(results.table().doubleColumn("test accuracy").countMissing()).isEqualTo(2);
    assertThat(results.claims().stringColumn("holds"))
        .contains("undecided: a member diverged")
        .doesNotContain("holds", "does not hold");
    assertThat(results.ablation().toString()).contains("a member is not finite");
    assertThatThrownBy(() -> results.score(Net.PRUNED, 1))
        .isInstanceOf(DivergedException.class)
        .hasMessage("a loss of NaN");
    assertThat(Csv.text(plan.run().table())).isEqualTo(Csv.text(results.table()));
  }
}
