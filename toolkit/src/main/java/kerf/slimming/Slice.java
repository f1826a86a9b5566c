package kerf.slimming;

import java.util.Arrays;

/**
 * What is kept of a parameter: some rows, and of each row some columns.
 *
 * @param shape the shape of what is kept
 * @param rows the rows kept, ascending
 * @param columns the columns kept of a row, for each group of rows
 * @param group how many rows of the whole share their columns
 * @param row how many elements a row of the whole has
 * @param span how many elements a column has
 */
record Slice(long[] shape, int[] rows, int[][] columns, int group, int row, int span) {

  /** Of a vector, one element a row. */
  static Slice ofVector(int... rows) {
    return new Slice(new long[] {rows.length}, rows, new int[][] {{0}}, Integer.MAX_VALUE, 1, 1);
  }

  /** The place of each kept element in the whole. */
  private void each(Place place) {
    int next = 0;
    for (int row : rows) {
      for (int column : columns[row / group]) {
        for (int i = 0; i < span; i++) {
          place.moved(row * this.row + column * span + i, next++);
        }
      }
    }
  }

  @FunctionalInterface
  private interface Place {
    void moved(int from, int to);
  }

  private int size() {
    return (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  float[] of(float[] whole) {
    float[] kept = new float[size()];
    each((from, to) -> kept[to] = whole[from]);
    return kept;
  }

  byte[] of(byte[] whole) {
    byte[] kept = new byte[size()];
    each((from, to) -> kept[to] = whole[from]);
    return kept;
  }
}
