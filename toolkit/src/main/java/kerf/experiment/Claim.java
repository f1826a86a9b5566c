package kerf.experiment;

import java.util.stream.DoubleStream;

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
  /**
   * Judges a claim that was tested.
   *
   * @param claim in words
   * @param published the paper's figure
   * @param measured ours
   * @param tolerance what counts as holding
   * @param holds whether it does
   * @param number what was compared
   * @param more the other numbers that were compared, if there are any
   * @return the claim with its verdict; without one if a number is not finite
   */
  public static Claim tested(
      String claim,
      String published,
      String measured,
      String tolerance,
      boolean holds,
      double number,
      double... more) {
    if (!DoubleStream.concat(DoubleStream.of(number), DoubleStream.of(more))
        .allMatch(Double::isFinite)) {
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
