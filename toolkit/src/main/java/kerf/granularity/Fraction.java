package kerf.granularity;

import java.math.BigDecimal;

/** Fractions of weights or groups: 0 for none, and less than 1, which would leave nothing. */
public final class Fraction {
  private Fraction() {}

  /**
   * Refuses what is no fraction, a percentage with its cure.
   *
   * @param word what the fraction is of, such as {@code sparsity}
   * @param found the number
   * @return the number
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public static double require(String word, double found) {
    if (found >= 0 && found < 1) {
      return found;
    }
    String cure = "";
    if (found == 1) {
      cure = "; 1 would leave nothing";
    } else if (found > 1 && found < 100) {
      BigDecimal percent = BigDecimal.valueOf(found);
      cure =
          "; for %s%% write %s".formatted(percent, percent.movePointLeft(2).stripTrailingZeros());
    }
    throw new IllegalArgumentException(
        "%s must be a fraction in [0, 1), found %s%s".formatted(word, found, cure));
  }
}
