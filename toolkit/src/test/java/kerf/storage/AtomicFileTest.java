package kerf.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesTheWholeFile() {
    Path file = folder.resolve("a/b/report.txt");

    AtomicFile.write(file, out -> out.write("a long first version".getBytes(UTF_8)));
    AtomicFile.write(file, out -> out.write("second".getBytes(UTF_8)));

    assertThat(file).hasContent("second");
  }

  @Test
  void aFailureInTheMiddleLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("report.txt"), "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write %s: java.io.IOException: disk full", file);
    assertThat(file).hasContent("old");
    assertThat(Files.list(folder)).containsExactly(file);
  }
}
