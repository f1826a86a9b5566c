package kerf.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where results are kept. */
public final class Folders {
  private Folders() {}

  /**
   * The folder of all studies: the environment's {@code KERF_HOME}, or {@code .kerf} in the user's
   * home.
   *
   * @return the folder, perhaps not there yet
   */
  public static Path home() {
    String asked = System.getenv("KERF_HOME");
    return asked == null || asked.isBlank()
        ? Path.of(System.getProperty("user.home"), ".kerf")
        : Path.of(asked);
  }

  /**
   * Makes a folder and those above it.
   *
   * @param folder the folder
   * @throws UncheckedIOException if it cannot be made
   */
  public static void create(Path folder) {
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
