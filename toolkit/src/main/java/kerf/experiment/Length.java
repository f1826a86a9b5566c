package kerf.experiment;

import java.util.Locale;

/** How much of an experiment is run. */
public enum Length {
  /** Seconds, on a sample of the data; shows that everything works and nothing else. */
  SMOKE,
  /** Minutes on two cores; enough for the main claims. */
  QUICK,
  /** Under an hour on two cores. */
  STANDARD,
  /** The protocol as published. */
  FULL;

  /**
   * Reads the length that whoever started the kernel asked for, in the environment variable {@code
   * KERF_LENGTH}.
   *
   * @return that length, or quick where none is asked for
   * @throws IllegalArgumentException if it asks for something else
   */
  public static Length asked() {
    return parse(System.getenv().getOrDefault("KERF_LENGTH", "quick"));
  }

  static Length parse(String word) {
    for (Length length : values()) {
      if (length.toString().equals(word.strip().toLowerCase(Locale.ROOT))) {
        return length;
      }
    }
    throw new IllegalArgumentException(
        "KERF_LENGTH must be smoke, quick, standard or full, found '%s'".formatted(word));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
