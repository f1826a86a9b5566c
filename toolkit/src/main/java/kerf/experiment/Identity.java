package kerf.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * The canonical form of a plan, and the run id that hashes it.
 *
 * <p>Options at their default are left out, so that an option added later does not orphan results
 * made before it.
 */
public final class Identity {
  private static final int DIGITS = 12;

  private final StringJoiner form;
  private final String kind;

  /**
   * Begins a form.
   *
   * @param kind the experiment's name, such as {@code lottery}
   */
  public Identity(String kind) {
    this.kind = kind;
    this.form = new StringJoiner(", ", kind + "(", ")");
  }

  /**
   * Adds an option, unless it is at its default.
   *
   * @param option its name
   * @param value its value, told apart from others by {@code toString}
   * @param usual its default
   * @return this form
   */
  public Identity and(String option, Object value, Object usual) {
    if (!value.equals(usual)) {
      form.add(option + "=" + value);
    }
    return this;
  }

  /**
   * Gives the canonical form.
   *
   * @return one line with every option that is not at its default
   */
  public String canonical() {
    return form.toString();
  }

  /**
   * Names the folder that holds the results.
   *
   * @return the kind and twelve hexadecimal digits
   */
  public String runId() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(StandardCharsets.UTF_8));
      return kind + "-" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Finds the folder that holds the results.
   *
   * @param home the folder of all studies
   * @return a folder in it, perhaps not there yet
   */
  public Path folder(Path home) {
    return home.resolve(runId());
  }
}
