package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @Test
  void homeIsWhatTheEnvironmentSays() {
    Path usual = Path.of(System.getProperty("user.home"), ".kerf");
    assertThat(Folders.home(Optional.empty())).isEqualTo(usual);
    assertThat(Folders.home(Optional.of(" "))).isEqualTo(usual);
    assertThat(Folders.home(Optional.of("/data/results"))).isEqualTo(Path.of("/data/results"));
  }

  @Test
  void aTildeIsNoFolder() {
    assertThatThrownBy(() -> Folders.home(Optional.of("~/results")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KERF_HOME must be a folder, found '~/results'; write its whole path, such as /data/results");
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused(@TempDir Path folder) throws IOException {
    Folders.requireWritable(folder.resolve("new"));
    assertThat(folder.resolve("new")).isEmptyDirectory();
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Folders.requireWritable(file.resolve("study")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("results need a folder that can be written, found " + file)
        .hasMessageEndingWith("; set KERF_HOME or .home(...) to another");
  }
}
