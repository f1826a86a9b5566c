package kerf.pruning;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What competes for one goal.
 *
 * @param scores by layer, NaN for what does not compete
 * @param kept how many still are kept
 * @param total how many there were in the dense network
 * @param weightDeviation finds the standard deviation of the kept weights of all layers taking part
 * @param where whose scores they are, for errors
 */
public record Contest(
    List<float[]> scores, int kept, int total, DoubleSupplier weightDeviation, String where) {
  /** How many scores are below a limit. */
  int below(double limit) {
    int count = 0;
    for (float[] layer : scores) {
      for (float score : layer) {
        if (score < limit) {
          count++;
        }
      }
    }
    return count;
  }

  /** The spread of the scores that compete. */
  Spread spread() {
    Spread spread = Spread.NONE;
    for (float[] layer : scores) {
      spread = spread.and(layer);
    }
    return spread;
  }
}
