package kerf.coding;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Numbers of a fixed width in the fewest bytes: places of those that are not 0 ({@link Places}),
 * then the numbers ({@link Values}), row by row or column by column.
 *
 * @param bytes what is stored
 * @param spent bits by what they are spent on
 */
record CodedArray(byte[] bytes, Map<Share, Long> spent) {
  /**
   * Codes numbers.
   *
   * @param codes the numbers, their lowest bits
   * @param width bits of a number, 1 to 32
   * @param rows the size of the first axis; divides how many there are
   * @param stage how much of coding is used; {@code DENSE} is not coded
   * @return the cheapest of all combinations
   */
  static CodedArray of(int[] codes, int width, int rows, Stage stage) {
    CodedArray byRows = of(codes, width, rows, stage, false);
    if (rows == 1 || rows == codes.length || Arrays.stream(codes).noneMatch(code -> code == 0)) {
      return byRows;
    }
    // Where zeros come in columns, as those of pixels that are always dark, distances are shorter.
    int columns = codes.length / rows;
    CodedArray byColumns = of(transposed(codes, rows), width, columns, stage, true);
    return byColumns.bytes.length < byRows.bytes.length ? byColumns : byRows;
  }

  private static int[] transposed(int[] codes, int rows) {
    int columns = codes.length / rows;
    int[] transposed = new int[codes.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = codes[row * columns + column];
      }
    }
    return transposed;
  }

  private static CodedArray of(int[] codes, int width, int rows, Stage stage, boolean byColumns) {
    boolean codebooks = stage != Stage.SPARSE;
    boolean huffman = stage == Stage.HUFFMAN;
    int[] places = IntStream.range(0, codes.length).filter(i -> codes[i] != 0).toArray();
    Places where = Places.dense(codes.length, rows);
    Values what = Values.cheapest(width, codebooks, huffman, codes);
    if (places.length < codes.length) {
      Places told = Places.cheapest(codes.length, rows, huffman, places);
      int[] kept = new int[places.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = codes[places[i]];
      }
      Values others = Values.cheapest(width, codebooks, huffman, kept);
      if (told.bits() + others.bits() < where.bits() + what.bits()) {
        where = told;
        what = others;
      }
    }
    CodedWriter out = new CodedWriter();
    out.put(Share.HEADER, byColumns ? 1 : 0, 1);
    where.write(out);
    what.write(out);
    return new CodedArray(out.bytes(), out.spent());
  }

  /** Reads what {@link #of} coded, to the end. */
  static int[] read(BitReader in, int elements, int width, int rows) {
    if (in.get(1) == 0) {
      return ordered(in, elements, width, rows);
    }
    int columns = elements / rows;
    return transposed(ordered(in, elements, width, columns), columns);
  }

  private static int[] ordered(BitReader in, int elements, int width, int rows) {
    Places where = Places.read(in, elements, rows);
    boolean dense = where.form() == Places.Form.DENSE;
    int[] codes = Values.read(in, width, dense ? elements : where.places().length);
    in.requireEnd();
    if (dense) {
      return codes;
    }
    int[] all = new int[elements];
    for (int i = 0; i < codes.length; i++) {
      all[where.places()[i]] = codes[i];
    }
    return all;
  }
}
