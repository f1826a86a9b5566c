package kerf.tensor;

import java.util.Optional;

/** How many threads a computation may take: the system property {@code kerf.threads}. */
public final class Threads {
  private static final String PROPERTY = "kerf.threads";
  private static final int MOST = 1_024;

  private Threads() {}

  /**
   * Reads the property.
   *
   * @return its value, or 1 where it is not set
   * @throws IllegalArgumentException if it is no whole number from 1 to 1024
   */
  public static int asked() {
    return parse(Optional.ofNullable(System.getProperty(PROPERTY)));
  }

  static int parse(Optional<String> words) {
    int threads = words.map(Threads::number).orElse(1);
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException(
          "kerf.threads must be a whole number from 1 to %d, found '%s'; start Java with -Dkerf.threads=1, or leave it out"
              .formatted(MOST, words.orElseThrow()));
    }
    return threads;
  }

  /** 0, which is refused, for what is no number. */
  private static int number(String words) {
    try {
      return Integer.parseInt(words.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
