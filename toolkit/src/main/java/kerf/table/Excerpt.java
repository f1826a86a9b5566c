package kerf.table;

import java.util.stream.IntStream;

/**
 * Which rows of a long table are shown: all up to 60, else the first 30 and the last 30.
 *
 * @param rows how many rows the table has
 */
record Excerpt(int rows) {
  private static final int MOST = 60;

  /** {@return whether rows are left out} */
  boolean cut() {
    return rows > MOST;
  }

  /** {@return the rows before the cut, or all} */
  IntStream head() {
    return IntStream.range(0, cut() ? MOST / 2 : rows);
  }

  /** {@return the rows after the cut, or none} */
  IntStream tail() {
    return cut() ? IntStream.range(rows - MOST / 2, rows) : IntStream.empty();
  }

  /** {@return what a reader is told about the rows left out} */
  String note() {
    return "showing %d + %d of %,d rows".formatted(MOST / 2, MOST / 2, rows);
  }
}
