package kerf.packed;

import kerf.argument.Argument;

/**
 * Weights of two opposite values a row: a bit each. A sum of {@code n} products of signs is {@code
 * n - 2 * differing bits}.
 */
public final class BinaryWeights implements PackedWeights {
  private final int rows;
  private final int taps;
  private final int columns;
  private final int length;
  private final long[] bits;
  private final float[] scales;

  private BinaryWeights(int rows, int taps, int columns, long[] bits, float... scales) {
    this.rows = rows;
    this.taps = taps;
    this.columns = columns;
    this.length = taps * SignRows.words(columns);
    this.bits = bits;
    this.scales = scales;
  }

  /**
   * Packs weights.
   *
   * @param weights {@code (rows, columns, taps)}, row-major, as convolutions have them
   * @param rows outputs
   * @param taps pixels of a window, 1 for a linear layer
   * @return the same weights
   * @throws IllegalArgumentException if a row has other values than plus and minus one number
   */
  public static BinaryWeights of(float[] weights, int rows, int taps) {
    Argument.require("weights", weights);
    int columns = PackedWeights.columns(weights.length, rows, taps);
    float[] scales = new float[rows];
    for (int row = 0; row < rows; row++) {
      scales[row] = Math.abs(weights[row * columns * taps]);
      for (int i = row * columns * taps; i < (row + 1) * columns * taps; i++) {
        if (Math.abs(weights[i]) != scales[row]) {
          throw new IllegalArgumentException(
              "binary weights are plus and minus one number a row, found %s and %s in row %d"
                  .formatted(scales[row], weights[i], row));
        }
      }
    }
    long[] bits = PackedWeights.packed(rows, taps, columns, i -> weights[i] >= 0);
    return new BinaryWeights(rows, taps, columns, bits, scales);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int taps() {
    return taps;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void multiply(long[] signs, int at, float[] to, int first, int step) {
    int all = columns * taps;
    int row = 0;
    // Four rows share each word of the input, and their sums do not wait for one another.
    for (; row + 4 <= rows; row += 4) {
      int base = row * length;
      int one = 0;
      int two = 0;
      int three = 0;
      int four = 0;
      for (int i = 0; i < length; i++) {
        long word = signs[at + i];
        one += Long.bitCount(word ^ bits[base + i]);
        two += Long.bitCount(word ^ bits[base + length + i]);
        three += Long.bitCount(word ^ bits[base + 2 * length + i]);
        four += Long.bitCount(word ^ bits[base + 3 * length + i]);
      }
      to[first + row * step] = scales[row] * (all - 2 * one);
      to[first + (row + 1) * step] = scales[row + 1] * (all - 2 * two);
      to[first + (row + 2) * step] = scales[row + 2] * (all - 2 * three);
      to[first + (row + 3) * step] = scales[row + 3] * (all - 2 * four);
    }
    for (; row < rows; row++) {
      int differing = 0;
      for (int i = 0; i < length; i++) {
        differing += Long.bitCount(signs[at + i] ^ bits[row * length + i]);
      }
      to[first + row * step] = scales[row] * (all - 2 * differing);
    }
  }

  @Override
  public void multiply(long[] signs, long[] inside, float[] to, int first, int step) {
    int all = 0;
    for (int i = 0; i < length; i++) {
      all += Long.bitCount(inside[i]);
    }
    for (int row = 0; row < rows; row++) {
      int differing = 0;
      for (int i = 0; i < length; i++) {
        differing += Long.bitCount((signs[i] ^ bits[row * length + i]) & inside[i]);
      }
      to[first + row * step] = scales[row] * (all - 2 * differing);
    }
  }

  @Override
  public long bytes() {
    return ((long) rows * columns * taps + 7) / 8 + 4L * rows;
  }

  @Override
  public String toString() {
    return "binary weights, %d rows of %d".formatted(rows, columns * taps);
  }
}
