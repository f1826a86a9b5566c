package kerf.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where results are kept. */
public final class Folders {
  private Folders() {}

  /**
   * The folder of all studies: the environment's {@code KERF_HOME}, or {@code .kerf} in the user's
   * home.
   *
   * @return the folder, perhaps not there yet
   * @throws IllegalArgumentException if {@code KERF_HOME} names no folder
   */
  public static Path home() {
    return home(Optional.ofNullable(System.getenv("KERF_HOME")));
  }

  static Path home(Optional<String> asked) {
    if (asked.isEmpty() || asked.get().isBlank()) {
      return Path.of(System.getProperty("user.home"), ".kerf");
    }
    String words = asked.get();
    // A shell does not replace a tilde within quotation marks, and a folder called ~ is not meant.
    if (words.startsWith("~") || words.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "KERF_HOME must be a folder, found '%s'; write its whole path, such as /data/results"
              .formatted(words));
    }
    return Path.of(words);
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
      throw refused(folder, e);
    }
  }

  /**
   * Makes a folder and tries to write in it, before work begins whose results are to be kept there.
   *
   * @param folder the folder
   * @throws UncheckedIOException if it cannot be made or written
   */
  public static void requireWritable(Path folder) {
    create(folder);
    try {
      Files.delete(Files.createTempFile(folder, "try", ".tmp"));
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }

  private static UncheckedIOException refused(Path folder, IOException e) {
    return new UncheckedIOException(
        "results need a folder that can be written, found %s: %s; set KERF_HOME or .home(...) to another"
            .formatted(folder, e),
        e);
  }
}
