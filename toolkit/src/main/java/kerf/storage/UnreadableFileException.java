package kerf.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A file is not there, or is not what it should be: damaged, cut short, or of a kind this toolkit
 * does not read. The message names the file, what was expected, what was found, and the cure.
 */
public class UnreadableFileException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private final String finding;

  /**
   * A refusal of one file that is damaged; the cure is another copy.
   *
   * @param file the file
   * @param expected what should have been there, as a noun phrase
   * @param found what was there instead, as a noun phrase
   */
  public UnreadableFileException(Path file, String expected, String found) {
    this(file, expected, found, "copy it again from its source, or save it again");
  }

  /**
   * A refusal of one file, with its cure.
   *
   * @param file the file
   * @param expected what should have been there, as a noun phrase
   * @param found what was there instead, as a noun phrase
   * @param cure what to do, as a command
   */
  public UnreadableFileException(Path file, String expected, String found, String cure) {
    this("cannot read %s: expected %s, found %s".formatted(file, expected, found), cure);
  }

  private UnreadableFileException(String finding, String cure) {
    super(finding + "; " + cure, new IOException(finding));
    this.finding = finding;
  }

  /**
   * A refusal in words of its own.
   *
   * @param finding file and place, what was expected and what was found
   * @param cure what to do, as a command
   * @return the refusal
   */
  public static UnreadableFileException because(String finding, String cure) {
    return new UnreadableFileException("cannot read " + finding, cure);
  }

  /**
   * The same refusal with the cure that fits where the file comes from.
   *
   * @param cure what to do, as a command
   * @return the refusal, with this cure instead of its own
   */
  public UnreadableFileException cure(String cure) {
    return new UnreadableFileException(finding, cure);
  }
}
