package kerf.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is asked of a path before a file is read there. */
public final class InputFile {
  private InputFile() {}

  /**
   * Refuses a path at which there is no file that can be read.
   *
   * @param file the path
   * @return its length in bytes
   * @throws UnreadableFileException if there is nothing, a folder, or a file that may not be read
   */
  public static long length(Path file) {
    if (file.toString().isEmpty()) {
      throw new UnreadableFileException(file, "a file", "an empty name", "name one");
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableFileException(file, "a file", "a folder", "name a file in it");
    }
    if (!Files.exists(file)) {
      throw new UnreadableFileException(
          file, "a file", "nothing there", "check the path" + (file.isAbsolute() ? "" : from()));
    }
    if (!Files.isReadable(file)) {
      throw new UnreadableFileException(
          file,
          "a file that may be read",
          "one that may not",
          "give yourself the right to read it");
    }
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static String from() {
    return ", which is looked up from " + Path.of("").toAbsolutePath();
  }

  /**
   * Refuses a file that would not fit in memory, before any is taken.
   *
   * @param file the file
   * @param what it holds, as a noun phrase
   * @param bytes what it takes in memory
   * @throws UnreadableFileException if Java cannot have that much
   */
  public static void requireMemory(Path file, String what, long bytes) {
    if (!Heap.fits(bytes)) {
      throw new UnreadableFileException(
          file,
          "%s that fit in %s".formatted(what, Heap.limit()),
          "some that take %,d MiB".formatted(bytes >> 20),
          "start Java with more memory if the file is meant to be that large");
    }
  }
}
