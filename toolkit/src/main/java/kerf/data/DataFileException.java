package kerf.data;

/**
 * A data file that is missing, damaged, or not what its name says. The message names the file, what
 * was expected, what was found and, where there is one, the cure.
 */
public final class DataFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An error that was found by reading the contents.
   *
   * @param file the file's name
   * @param finding what was expected and what was found
   */
  DataFileException(String file, String finding) {
    this(file, finding, null);
  }

  /**
   * An error that the platform reported.
   *
   * @param file the file's name
   * @param finding what was expected and what was found
   * @param cause the platform's report
   */
  DataFileException(String file, String finding, Throwable cause) {
    super(file + ": " + finding, cause);
  }
}
