package kerf.coding;

import java.util.stream.IntStream;

/**
 * Where the elements of an array are that are not 0, in one of four forms.
 *
 * <ul>
 *   <li>{@link Form#DENSE}: nowhere told; zeros are values like any other.
 *   <li>{@link Form#BITMAP}: a bit for each element.
 *   <li>{@link Form#RELATIVE}: {@link RelativeIndex}.
 *   <li>{@link Form#ROWS}: compressed sparse rows: for each row (the first axis) how many elements,
 *       for each element its column.
 * </ul>
 *
 * @param form the form
 * @param elements of the array
 * @param rows the size of the first axis
 * @param index the distances and how they are coded, for {@link Form#RELATIVE}; else null
 * @param symbols how the distances are coded, for {@link Form#RELATIVE}; else null
 * @param places where elements are not 0
 */
record Places(
    Form form, int elements, int rows, RelativeIndex index, Symbols symbols, int... places) {
  private static final int FORM_BITS = 2;
  private static final int WIDTH_BITS = 5;

  /** How places are told. */
  enum Form {
    DENSE,
    BITMAP,
    RELATIVE,
    ROWS
  }

  static Places dense(int elements, int rows) {
    return new Places(Form.DENSE, elements, rows, null, null);
  }

  /** The cheapest of the forms that tell places. */
  static Places cheapest(int elements, int rows, boolean huffman, int... places) {
    Places best = new Places(Form.BITMAP, elements, rows, null, null, places);
    Places byRows = new Places(Form.ROWS, elements, rows, null, null, places);
    best = byRows.bits() < best.bits() ? byRows : best;
    for (int width = 1; width <= RelativeIndex.WIDEST; width++) {
      // Each distance takes a bit at the least.
      if (RelativeIndex.entries(places, width) < best.bits()) {
        RelativeIndex index = RelativeIndex.of(places, width);
        int alphabet = 1 << width;
        Symbols symbols =
            Symbols.cheapest(alphabet, huffman, Symbols.counts(alphabet, index.symbols()));
        Places relative = new Places(Form.RELATIVE, elements, rows, index, symbols, places);
        best = relative.bits() < best.bits() ? relative : best;
      }
    }
    return best;
  }

  private int columns() {
    return elements / rows;
  }

  /** All bits that telling the places takes. */
  long bits() {
    return FORM_BITS
        + switch (form) {
          case DENSE -> 0;
          case BITMAP -> elements;
          case RELATIVE -> WIDTH_BITS + countBits(index.symbols().length) + symbols.bits();
          case ROWS ->
              (long) rows * Symbols.width(columns() + 1)
                  + (long) places.length * Symbols.width(columns());
        };
  }

  private static int countBits(int count) {
    return 8 * Math.max(1, (38 - Integer.numberOfLeadingZeros(count)) / 7);
  }

  void write(CodedWriter out) {
    out.put(Share.HEADER, form.ordinal(), FORM_BITS);
    switch (form) {
      case DENSE -> {}
      case BITMAP -> writeBitmap(out);
      case RELATIVE -> {
        out.put(Share.HEADER, index.bits(), WIDTH_BITS);
        out.putCount(Share.HEADER, index.symbols().length);
        symbols.write(out, Share.INDEX, index.symbols());
      }
      case ROWS -> writeRows(out);
    }
  }

  private void writeBitmap(CodedWriter out) {
    int next = 0;
    for (int i = 0; i < elements; i++) {
      boolean here = next < places.length && places[next] == i;
      out.put(Share.INDEX, here ? 1 : 0, 1);
      next += here ? 1 : 0;
    }
  }

  private void writeRows(CodedWriter out) {
    int[] counts = new int[rows];
    for (int place : places) {
      counts[place / columns()]++;
    }
    for (int count : counts) {
      out.put(Share.INDEX, count, Symbols.width(columns() + 1));
    }
    for (int place : places) {
      out.put(Share.INDEX, place % columns(), Symbols.width(columns()));
    }
  }

  /** The places, or for {@link Form#DENSE} all. */
  static Places read(BitReader in, int elements, int rows) {
    Form form = Form.values()[(int) in.get(FORM_BITS)];
    int[] places =
        switch (form) {
          case DENSE -> new int[0];
          case BITMAP -> {
            in.require(elements);
            yield IntStream.range(0, elements).filter(i -> in.get(1) == 1).toArray();
          }
          case RELATIVE -> readRelative(in, elements);
          case ROWS -> readRows(in, elements, rows);
        };
    return new Places(form, elements, rows, null, null, places);
  }

  private static int[] readRelative(BitReader in, int elements) {
    int width = (int) in.get(WIDTH_BITS);
    if (width < 1 || width > RelativeIndex.WIDEST) {
      throw new DamageException("an index of 1 to 16 bits", "" + width);
    }
    int entries = in.getCount();
    if (entries > elements) {
      throw new DamageException(
          "%,d distances at most".formatted(elements), "%,d".formatted(entries));
    }
    RelativeIndex index = new RelativeIndex(width, Symbols.read(in, 1 << width, entries));
    long last = -1;
    for (int gap : index.gaps()) {
      last += gap;
    }
    if (last >= elements) {
      throw new DamageException("places below %,d".formatted(elements), "%,d".formatted(last));
    }
    return index.places();
  }

  private static int[] readRows(BitReader in, int elements, int rows) {
    int columns = elements / rows;
    int width = Symbols.width(columns + 1);
    in.require((long) rows * width);
    int[] counts = new int[rows];
    int total = 0;
    for (int row = 0; row < rows; row++) {
      counts[row] = (int) in.get(width);
      if (counts[row] > columns) {
        throw new DamageException("%,d in a row at most".formatted(columns), "" + counts[row]);
      }
      total += counts[row];
    }
    int[] places = new int[total];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int before = -1;
      for (int i = 0; i < counts[row]; i++) {
        int column = (int) in.get(Symbols.width(columns));
        if (column <= before || column >= columns) {
          throw new DamageException("ascending columns below " + columns, "" + column);
        }
        before = column;
        places[next++] = row * columns + column;
      }
    }
    return places;
  }
}
