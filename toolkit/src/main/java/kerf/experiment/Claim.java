package kerf.experiment;

import java.util.regex.Pattern;

/**
 * What a paper says, and what was measured here.
 *
 * @param claim in words
 * @param published the paper's figure
 * @param measured ours, mean over the seeds
 * @param tolerance what counts as holding
 * @param holds yes, no, or why nothing can be said
 */
public record Claim(
    String claim, String published, String measured, String tolerance, String holds) {
  private static final Pattern NOT_FINITE = Pattern.compile("\\b(NaN|Infinity)\\b");

  /**
   * Judges a claim that was tested.
   *
   * @param claim in words
   * @param published the paper's figure
   * @param measured ours
   * @param tolerance what counts as holding
   * @param holds whether it does
   * @return the claim with its verdict; without one if a number of {@code measured} is not finite
   */
  public static Claim tested(
      String claim, String published, String measured, String tolerance, boolean holds) {
    if (NOT_FINITE.matcher(measured).find()) {
      return new Claim(claim, published, measured, tolerance, "undecided: a member diverged");
    }
    return new Claim(claim, published, measured, tolerance, holds ? "holds" : "does not hold");
  }

  /**
   * Lists a claim of which a run was too short to say anything.
   *
   * @param claim in words
   * @param published the paper's figure
   * @param tolerance what would count as holding
   * @return the claim without a verdict
   */
  public static Claim notReached(String claim, String published, String tolerance) {
    return new Claim(claim, published, "", tolerance, "not reached at this length");
  }

  /**
   * Words a difference of accuracies.
   *
   * @param difference of two fractions
   * @return such as {@code -0.25 points}
   */
  public static String points(double difference) {
    return "%+.2f points".formatted(100 * difference);
  }
}
