package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerf.model.DivergedException;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
  @TempDir Path folder;

  @Test
  void whatIsSavedIsReadBack() {
    Network sparse = Pruning.plan().sparsity(0.9).prune(new Lenet300100().initialize(1));
    Path file = folder.resolve("seed-1").resolve("dense.npz");
    Outcome.empty()
        .number("accuracy", 0.98)
        .curve("loss", 3, 2, 1)
        .network("sparse", sparse)
        .save(file);

    Outcome back = Outcome.read(file).orElseThrow();
    assertThat(back.number("accuracy")).isEqualTo(0.98);
    assertThat(back.curve("loss")).containsExactly(3, 2, 1);
    Network again = back.network("sparse", new Lenet300100());
    assertThat(again.mask()).isEqualTo(sparse.mask());
    assertThat(again.values("fc1.weight")).isEqualTo(sparse.values("fc1.weight"));
  }

  @Test
  void whatWasNeverSavedIsEmpty() {
    assertThat(Outcome.read(folder.resolve("none.npz"))).isEmpty();
  }

  @Test
  void aDamagedFileSaysWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("dense.npz"), "not a zip");
    assertThatThrownBy(() -> Outcome.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected a whole zip archive, found damage: zip END header not found; delete it, and the next run does that training again",
            file);
  }

  @Test
  void aFileThatLacksWhatIsAskedForIsDamagedToo() {
    Path file = folder.resolve("dense.npz");
    Outcome.empty().curve("loss", 3, 2).save(file);
    Outcome read = Outcome.read(file).orElseThrow();
    String cure = "; delete it, and the next run does that training again";
    assertThatThrownBy(() -> read.number("accuracy"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("cannot read %s: expected an array 'accuracy', found only loss%s", file, cure);
    Outcome.empty().network("net", new Lenet300100().initialize(0)).save(file);
    Outcome other = Outcome.read(file).orElseThrow();
    assertThatThrownBy(() -> other.network("net", new kerf.model.Lenet5()))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith("cannot read %s: expected ".formatted(file))
        .hasMessageEndingWith(cure);
  }

  @Test
  void aMissingNameIsNamed() {
    assertThatThrownBy(() -> Outcome.empty().number("accuracy", 1).curve("loss"))
        .hasMessage("no 'loss' in this outcome; it has accuracy");
  }

  @Test
  void aUnitThatDivergedIsKeptAndHasNoNumbers() {
    Path file = folder.resolve("diverged.npz");
    Outcome.diverged("a loss of NaN at iteration 3").save(file);

    Outcome back = Outcome.read(file).orElseThrow();
    assertThat(back.divergence()).contains("a loss of NaN at iteration 3");
    assertThat(back.number("accuracy")).isNaN();
    assertThat(back.curve("loss", 2)).containsExactly(Double.NaN, Double.NaN);
    assertThatThrownBy(() -> back.curve("loss"))
        .isInstanceOf(DivergedException.class)
        .hasMessage("a loss of NaN at iteration 3");
    assertThat(Outcome.count(back.number("weights"))).isNull();
    assertThat(Outcome.count(6.9999999)).isEqualTo(7);
    assertThatThrownBy(() -> back.network("dense", new Lenet300100()))
        .isInstanceOf(DivergedException.class)
        .hasMessage("a loss of NaN at iteration 3");
    assertThat(Outcome.empty().number("accuracy", 1).divergence()).isEmpty();
  }

  @Test
  void aCurveOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> Outcome.empty().curve("loss", 3, 2, 1).curve("loss", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected loss of FLOAT64[2], found FLOAT64[3]");
  }
}
