package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.nn.SequentialBlock;
import java.nio.file.Path;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Network;
import kerf.model.SmallNets;
import kerf.pruning.Pruning;
import kerf.trace.Graph;
import kerf.training.Evaluator;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block of one's own that no graph can tell: what needs no graph works. */
class UntraceableTest {
  private static final Dataset DIGITS = Datasets.digits().validation(100, 1);

  /** The hidden units sorted, which is an operator that a graph does not know. */
  private static Network sorting() {
    return Network.of(
        new SequentialBlock()
            .add(SmallNets.flat())
            .add(SmallNets.fc(12))
            .add(list -> new NDList(list.singletonOrThrow().sort()))
            .add(SmallNets.fc(10)),
        1,
        8,
        8);
  }

  private static Network trained() {
    return Training.defaults().until(Step.iterations(40)).train(sorting(), DIGITS);
  }

  @Test
  void itCannotBeTraced() {
    assertThatThrownBy(() -> Graph.of(sorting()))
        .hasMessageStartingWith("cannot trace operator 'sort'");
  }

  @Test
  void itIsTrainedMeasuredAndPruned() {
    Network trained = trained();
    Network pruned = Pruning.plan().sparsity(0.5).prune(trained);

    assertThat(accuracy(trained)).isGreaterThan(accuracy(sorting()));
    // Half of 64 times 12, and of 12 times 10.
    assertThat(pruned.mask().kept()).isEqualTo(384 + 60);
    assertThat(accuracy(pruned)).isBetween(0.0, 1.0);
  }

  private static double accuracy(Network network) {
    return Evaluator.measure(network, DIGITS.test()).accuracy();
  }

  @Test
  void aCardCountsItsParametersAndLeavesTheRestBlank() {
    Network trained = trained();
    CardRow row = Card.of(DIGITS.test()).rounds(1).network("own", trained).measure().row("own");

    assertThat(row.parameters()).isEqualTo(64 * 12 + 12 + 12 * 10 + 10);
    assertThat(row.accuracy()).isEqualTo(accuracy(trained));
    assertThat(row.macs()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"own.safetensors", "own.npz"})
  void itIsSavedAndReadBack(String name, @TempDir Path folder) {
    Network pruned = Pruning.plan().sparsity(0.5).prune(trained());
    pruned.save(folder.resolve(name));
    Network read = sorting().architecture().load(folder.resolve(name));

    assertThat(read.mask()).isEqualTo(pruned.mask());
    assertThat(accuracy(read)).isEqualTo(accuracy(pruned));
  }

  @Test
  void itsLayersAreScanned() {
    Curves scan = Sensitivity.of(trained()).data(DIGITS.validation()).levels(0.5, 0.9).scan();

    assertThat(scan.table().stringColumn("layer").unique().asList())
        .containsExactlyInAnyOrder(trained().layers().toArray(String[]::new));
  }
}
