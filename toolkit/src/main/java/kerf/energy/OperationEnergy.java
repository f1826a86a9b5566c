package kerf.energy;

import kerf.argument.Argument;
import kerf.table.Title;

/**
 * What an operation takes.
 *
 * @param operation the name of the operation
 * @param picojoules of one
 * @param bits of an operand, or of what one access reads or writes
 * @param source where the number is from
 */
public record OperationEnergy(
    String operation, @Title("picojoules") double picojoules, int bits, String source) {
  /**
   * Checks the numbers.
   *
   * @param operation the name of the operation
   * @param picojoules 0 or more
   * @param bits 1 or more
   * @param source where the number is from
   */
  public OperationEnergy {
    Argument.require("operation", operation);
    Argument.require("source", source);
    if (!(picojoules >= 0) || Double.isInfinite(picojoules) || bits < 1) {
      throw new IllegalArgumentException(
          "%s needs picojoules of 0 or more and 1 bit or more, found %s and %d"
              .formatted(operation, picojoules, bits));
    }
  }
}
