package kerf.packed;

import java.util.function.IntPredicate;

/** The weights of a layer's outputs as bits, taps one behind the other in whole words of 64. */
public sealed interface PackedWeights permits BinaryWeights, TernaryWeights {
  /**
   * Counts the outputs.
   *
   * @return rows
   */
  int rows();

  /**
   * Counts the taps: the pixels of a convolution's window, 1 for a linear layer.
   *
   * @return 1 or more
   */
  int taps();

  /**
   * Counts the weights of a tap.
   *
   * @return input channels, or inputs of a linear layer
   */
  int columns();

  /**
   * Multiplies signs by all rows.
   *
   * @param signs the words of the taps, one behind the other
   * @param at where they begin
   * @param to where row 0 goes
   * @param first its place
   * @param step from row to row
   */
  void multiply(long[] signs, int at, float[] to, int first, int step);

  /**
   * Multiplies signs by all rows where some taps lie outside the image, which count as 0.
   *
   * @param signs the words of the taps, one behind the other
   * @param inside which of these bits count
   * @param to where row 0 goes
   * @param first its place
   * @param step from row to row
   */
  void multiply(long[] signs, long[] inside, float[] to, int first, int step);

  /**
   * Counts what the weights take in a file: their bits without filling, and the levels of each row.
   *
   * @return bytes
   */
  long bytes();

  /**
   * Packs bits of weights: those for which a test holds.
   *
   * @param rows outputs
   * @param taps of a row
   * @param columns of a tap
   * @param holds says of each weight, by its place in {@code (rows, columns, taps)}, whether its
   *     bit is set
   * @return words, row by row and tap by tap
   */
  static long[] packed(int rows, int taps, int columns, IntPredicate holds) {
    int each = SignRows.words(columns);
    long[] words = new long[rows * taps * each];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int tap = 0; tap < taps; tap++) {
          if (holds.test((row * columns + column) * taps + tap)) {
            words[(row * taps + tap) * each + (column >> 6)] |= 1L << column;
          }
        }
      }
    }
    return words;
  }

  /**
   * Checks that weights come in rows.
   *
   * @param weights how many
   * @param rows outputs
   * @param taps of a row
   * @return columns of a tap
   */
  static int columns(int weights, int rows, int taps) {
    if (rows < 1 || taps < 1 || weights == 0 || weights % (rows * taps) != 0) {
      throw new IllegalArgumentException(
          "%,d weights cannot be shared out to %d rows of %d taps".formatted(weights, rows, taps));
    }
    return weights / rows / taps;
  }
}
