package kerf.packed;

import kerf.argument.Argument;

/**
 * Rows of signs, a bit each, each row in whole words of 64: a set bit stands for +1, the sign of 0
 * included, another for -1.
 *
 * @param rows their number
 * @param columns signs in a row
 * @param words the bits, the first sign of a row in the lowest bit of its first word; bits behind
 *     the last sign are 0
 */
public record SignRows(int rows, int columns, long[] words) {
  /**
   * Checks the number of words.
   *
   * @param rows their number
   * @param columns signs in a row
   * @param words the bits
   */
  public SignRows {
    Argument.require("words", words);
    if (words.length != rows * words(columns)) {
      throw new IllegalArgumentException(
          "%d rows of %d signs need %,d words of 64, found %,d"
              .formatted(rows, columns, rows * words(columns), words.length));
    }
  }

  /**
   * Takes the signs of numbers.
   *
   * @param values row-major
   * @param rows their number; divides that of the values
   * @return their signs
   */
  public static SignRows of(float[] values, int rows) {
    Argument.require("values", values);
    if (rows < 1 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "rows must be 1 or more and share %,d values evenly, found %d"
              .formatted(values.length, rows));
    }
    int columns = values.length / rows;
    int each = words(columns);
    long[] words = new long[rows * each];
    for (int row = 0; row < rows; row++) {
      for (int from = 0; from < columns; from += 64) {
        int count = Math.min(64, columns - from);
        long word = 0;
        for (int i = 0; i < count; i++) {
          word |= (values[row * columns + from + i] >= 0 ? 1L : 0L) << i;
        }
        words[row * each + (from >> 6)] = word;
      }
    }
    return new SignRows(rows, columns, words);
  }

  /**
   * Counts the words of a row.
   *
   * @return those of 64 bits that hold its signs
   */
  public int each() {
    return words(columns);
  }

  static int words(int bits) {
    return bits + 63 >> 6;
  }
}
