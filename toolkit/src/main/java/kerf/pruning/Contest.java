package kerf.pruning;

import java.util.function.DoubleSupplier;

/**
 * What competes for one goal.
 *
 * @param scores of all that is still kept
 * @param total how many there were in the dense network
 * @param weightDeviation finds the standard deviation of the kept weights of all layers taking part
 * @param where whose scores they are, for errors
 */
public record Contest(float[] scores, int total, DoubleSupplier weightDeviation, String where) {
  /** How many scores are below a limit. */
  int below(double limit) {
    int count = 0;
    for (float score : scores) {
      if (score < limit) {
        count++;
      }
    }
    return count;
  }
}
