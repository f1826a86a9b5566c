package kerf.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A file is there, but is not what it should be: damaged, cut short, or of a kind this toolkit does
 * not read. The message names the file, what was expected and what was found.
 */
public class UnreadableFileException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal of one file.
   *
   * @param file the file
   * @param expected what should have been there, as a noun phrase
   * @param found what was there instead, as a noun phrase
   */
  public UnreadableFileException(Path file, String expected, String found) {
    this("cannot read %s: expected %s, found %s".formatted(file, expected, found));
  }

  private UnreadableFileException(String message) {
    super(message, new IOException(message));
  }
}
