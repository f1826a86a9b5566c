package kerf.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerf.storage.Heap;

/**
 * The bytes of a file as they are stored, with the name that errors give it.
 *
 * @param name a path or a class path entry
 * @param bytes the stored bytes, at least one
 */
record DataFile(String name, byte[] bytes) {
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
   * @param most bytes that such a file has at most
   * @return its bytes
   * @throws DataFileException if it is missing, longer, or too long for memory
   */
  static DataFile of(Path path, long most) {
    if (!Files.isRegularFile(path)) {
      String found = Files.isDirectory(path) ? "a folder" : "nothing there";
      throw new DataFileException(
          path.toString(), "expected a file, found %s; check the path".formatted(found));
    }
    try {
      long size = Files.size(path);
      if (size > most) {
        throw new DataFileException(
            path.toString(),
            "expected at most %d bytes, found %d; this is another format, or damaged: copy it again from its source"
                .formatted(most, size));
      }
      requireMemory(path.toString(), "a file", 2 * size);
      return new DataFile(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new DataFileException(
          path.toString(),
          "expected a readable file, found the error %s; copy it again from its source"
              .formatted(e),
          e);
    }
  }

  /**
   * Refuses what would not fit in memory, before any is taken.
   *
   * @param name the file's name in errors
   * @param what it holds, as a noun phrase
   * @param bytes what it takes
   */
  static void requireMemory(String name, String what, long bytes) {
    if (!Heap.fits(bytes)) {
      throw new DataFileException(
          name,
          "expected %s that fits in %s, found %,d MiB; start Java with more memory if it is meant to be that large"
              .formatted(what, Heap.limit(), bytes >> 20));
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
