package kerf.experiment.damage;

import kerf.table.Percent;
import kerf.table.Title;

/**
 * A deletion from a network that had learned XOR.
 *
 * @param seed which network
 * @param method who chose
 * @param deletions how many weights are gone now, from 1
 * @param weight which went, such as {@code x1 to h2}
 * @param loss the mean squared error of the network without it, before any training
 * @param accuracy the fraction of the four inputs it still has right
 */
public record XorDeletion(
    long seed,
    Method method,
    int deletions,
    @Title("deleted weight") String weight,
    double loss,
    @Percent(0) double accuracy) {
  private static final String[] WEIGHTS = {
    "x1 to h1", "x2 to h1", "bias of h1",
    "x1 to h2", "x2 to h2", "bias of h2",
    "h1 to y", "h2 to y", "bias of y"
  };

  static String weight(int place) {
    return WEIGHTS[place];
  }

  /** What kind of weight went. */
  String kind() {
    if (weight.startsWith("bias")) {
      return "bias";
    }
    return weight.startsWith("x") ? "input to hidden" : "hidden to output";
  }

  /** Whether XOR is known still. */
  boolean solved() {
    return accuracy == 1;
  }
}
