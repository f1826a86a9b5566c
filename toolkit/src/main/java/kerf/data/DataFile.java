package kerf.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a file as they are stored, with the name that errors give it.
 *
 * @param name a path or a class path entry
 * @param bytes the stored bytes, at least one
 */
record DataFile(String name, byte[] bytes) {
  /** No file is read that is larger (1 GiB): it would not fit a Java array once unpacked. */
  private static final long LIMIT = 1L << 30;

  DataFile {
    if (bytes.length == 0) {
      throw new DataFileException(
          name, "expected data, found an empty file; copy it again from its source");
    }
  }

  /**
   * Reads a file of the user's.
   *
   * @param path where it lies
   * @return its bytes
   */
  static DataFile of(Path path) {
    if (!Files.isRegularFile(path)) {
      String found = Files.isDirectory(path) ? "a folder" : "nothing there";
      throw new DataFileException(path.toString(), "expected a file, found " + found);
    }
    try {
      long size = Files.size(path);
      if (size > LIMIT) {
        throw new DataFileException(
            path.toString(), "expected at most " + LIMIT + " bytes, found " + size);
      }
      return new DataFile(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new DataFileException(
          path.toString(), "expected a readable file, found the error " + e, e);
    }
  }

  /**
   * Reads a packaged file.
   *
   * @param entry its name on the class path, without a slash in front
   * @return its bytes
   */
  static DataFile packaged(String entry) {
    try (InputStream in = DataFile.class.getResourceAsStream("/" + entry)) {
      if (in == null) {
        throw new DataFileException(
            entry,
            "expected it on the class path, found nothing; add the jar"
                + " io.github.kerf:kerf-datasets");
      }
      return new DataFile(entry, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry + " from the class path", e);
    }
  }

  /**
   * What the file says, unpacked if it is a gzip stream, whatever its name ends in.
   *
   * @return its contents, at the beginning
   */
  Contents contents() {
    return new Contents(name, bytes);
  }
}
