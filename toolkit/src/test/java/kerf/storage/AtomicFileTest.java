package kerf.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
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
  void aLinkStaysALinkAndItsTargetIsWritten() throws Exception {
    Path target = folder.resolve("elsewhere/report.txt");
    Path link = folder.resolve("link.txt");
    Files.createSymbolicLink(link, Path.of("elsewhere/report.txt"));
    for (String text : new String[] {"to what is not there yet", "and again"}) {
      AtomicFile.write(link, out -> out.write(text.getBytes(UTF_8)));
      assertThat(link).isSymbolicLink();
      assertThat(target).hasContent(text);
    }
    Path round = folder.resolve("round.txt");
    Files.createSymbolicLink(round, round);
    assertThatThrownBy(() -> AtomicFile.write(round, out -> out.write(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write %s: ".formatted(round));
  }

  @Test
  void theModeIsThatOfAnyNewFile() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain.txt"));
    Path file = folder.resolve("report.txt");
    AtomicFile.write(file, out -> out.write(1));
    assertThat(mode(file)).isEqualTo(mode(plain));
  }

  /** Empty where files have none. */
  private static Set<PosixFilePermission> mode(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null ? Set.of() : view.readAttributes().permissions();
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
