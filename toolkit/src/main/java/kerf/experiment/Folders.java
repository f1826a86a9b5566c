package kerf.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where results are kept. */
final class Folders {
  private Folders() {}

  /**
   * The folder of all studies: the environment's {@code KERF_HOME}, or {@code .kerf} in the user's
   * home.
   */
  static Path home() {
    String asked = System.getenv("KERF_HOME");
    return asked == null || asked.isBlank()
        ? Path.of(System.getProperty("user.home"), ".kerf")
        : Path.of(asked);
  }

  static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "results need a folder that can be written, found %s: %s; set KERF_HOME to another"
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
