package kerf.packed;

import kerf.argument.Argument;

/**
 * Weights of three values a row, 0 and two others: two planes of bits, one for each of these. The
 * sum over a plane is {@code 2 * bits that both have - bits of the plane}. Trained levels may come
 * to have one sign, so a plane is of a value, not of a sign.
 */
public final class TernaryWeights implements PackedWeights {
  private final int rows;
  private final int taps;
  private final int columns;
  private final int length;
  private final long[] one;
  private final long[] other;
  private final int[] oneBits;
  private final int[] otherBits;
  private final float[] oneLevel;
  private final float[] otherLevel;

  private TernaryWeights(
      int rows,
      int taps,
      int columns,
      long[] one,
      long[] other,
      float[] oneLevel,
      float... otherLevel) {
    this.rows = rows;
    this.taps = taps;
    this.columns = columns;
    this.length = taps * SignRows.words(columns);
    this.one = one;
    this.other = other;
    this.oneBits = bits(one);
    this.otherBits = bits(other);
    this.oneLevel = oneLevel;
    this.otherLevel = otherLevel;
  }

  /**
   * Packs weights.
   *
   * @param weights {@code (rows, columns, taps)}, row-major, as convolutions have them
   * @param rows outputs
   * @param taps pixels of a window, 1 for a linear layer
   * @return the same weights
   * @throws IllegalArgumentException if a row has more than two values besides 0
   */
  public static TernaryWeights of(float[] weights, int rows, int taps) {
    Argument.require("weights", weights);
    int columns = PackedWeights.columns(weights.length, rows, taps);
    float[] oneLevel = new float[rows];
    float[] otherLevel = new float[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = row * columns * taps; i < (row + 1) * columns * taps; i++) {
        if (oneLevel[row] == 0) {
          oneLevel[row] = weights[i];
        } else if (weights[i] != oneLevel[row] && otherLevel[row] == 0) {
          otherLevel[row] = weights[i];
        } else if (weights[i] != 0
            && weights[i] != oneLevel[row]
            && weights[i] != otherLevel[row]) {
          throw new IllegalArgumentException(
              "ternary weights have two values besides 0 a row, found %s, %s and %s in row %d"
                  .formatted(oneLevel[row], otherLevel[row], weights[i], row));
        }
      }
    }
    return new TernaryWeights(
        rows,
        taps,
        columns,
        plane(weights, rows, taps, oneLevel),
        plane(weights, rows, taps, otherLevel),
        oneLevel,
        otherLevel);
  }

  private static long[] plane(float[] weights, int rows, int taps, float... levels) {
    int each = weights.length / rows;
    return PackedWeights.packed(
        rows, taps, each / taps, i -> weights[i] != 0 && weights[i] == levels[i / each]);
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
    int row = 0;
    // Two rows share each word of the input, and their sums do not wait for one another.
    for (; row + 2 <= rows; row += 2) {
      int base = row * length;
      int next = base + length;
      int ones = 0;
      int others = 0;
      int nextOnes = 0;
      int nextOthers = 0;
      for (int i = 0; i < length; i++) {
        long word = signs[at + i];
        ones += Long.bitCount(word & one[base + i]);
        others += Long.bitCount(word & other[base + i]);
        nextOnes += Long.bitCount(word & one[next + i]);
        nextOthers += Long.bitCount(word & other[next + i]);
      }
      to[first + row * step] = sum(row, ones, others);
      to[first + (row + 1) * step] = sum(row + 1, nextOnes, nextOthers);
    }
    for (; row < rows; row++) {
      int ones = 0;
      int others = 0;
      for (int i = 0; i < length; i++) {
        ones += Long.bitCount(signs[at + i] & one[row * length + i]);
        others += Long.bitCount(signs[at + i] & other[row * length + i]);
      }
      to[first + row * step] = sum(row, ones, others);
    }
  }

  private float sum(int row, int ones, int others) {
    return oneLevel[row] * (2 * ones - oneBits[row])
        + otherLevel[row] * (2 * others - otherBits[row]);
  }

  private int[] bits(long... plane) {
    int[] bits = new int[rows];
    for (int i = 0; i < plane.length; i++) {
      bits[i / length] += Long.bitCount(plane[i]);
    }
    return bits;
  }

  @Override
  public void multiply(long[] signs, long[] inside, float[] to, int first, int step) {
    for (int row = 0; row < rows; row++) {
      int ones = 0;
      int others = 0;
      for (int i = 0; i < length; i++) {
        long inOne = one[row * length + i] & inside[i];
        long inOther = other[row * length + i] & inside[i];
        ones += 2 * Long.bitCount(signs[i] & inOne) - Long.bitCount(inOne);
        others += 2 * Long.bitCount(signs[i] & inOther) - Long.bitCount(inOther);
      }
      to[first + row * step] = oneLevel[row] * ones + otherLevel[row] * others;
    }
  }

  @Override
  public long bytes() {
    return (2L * rows * columns * taps + 7) / 8 + 8L * rows;
  }

  @Override
  public String toString() {
    return "ternary weights, %d rows of %d".formatted(rows, columns * taps);
  }
}
