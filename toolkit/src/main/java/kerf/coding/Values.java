package kerf.coding;

import java.util.Arrays;

/**
 * Numbers of a fixed width, as they are or as indices into a list of those that occur.
 *
 * @param width bits of a number, 1 to 32
 * @param codebook the numbers that occur, in ascending order; null where they stand for themselves
 * @param symbols how they, or their indices, are coded; null for numbers of more than 16 bits that
 *     stand for themselves
 * @param codes the numbers
 */
record Values(int width, int[] codebook, Symbols symbols, int... codes) {
  private static final int LARGEST_CODEBOOK = 1 << 12;
  private static final int WIDEST_SYMBOL = 16;

  /** The cheapest way to store numbers. */
  static Values cheapest(int width, boolean codebooks, boolean huffman, int... codes) {
    Values best = direct(width, huffman, codes);
    int[] distinct = codebooks ? Distinct.of(LARGEST_CODEBOOK, codes) : null;
    if (distinct != null && distinct.length > 0) {
      long[] counts = new long[distinct.length];
      for (int code : codes) {
        counts[Arrays.binarySearch(distinct, code)]++;
      }
      Values listed =
          new Values(width, distinct, Symbols.cheapest(distinct.length, huffman, counts), codes);
      best = listed.bits() < best.bits() ? listed : best;
    }
    return best;
  }

  private static Values direct(int width, boolean huffman, int... codes) {
    if (width > WIDEST_SYMBOL) {
      return new Values(width, null, null, codes);
    }
    int alphabet = 1 << width;
    return new Values(
        width, null, Symbols.cheapest(alphabet, huffman, Symbols.counts(alphabet, codes)), codes);
  }

  long bits() {
    long list = codebook == null ? 0 : 16 + (long) codebook.length * width;
    return 1 + list + (symbols == null ? (long) codes.length * width : symbols.bits());
  }

  void write(CodedWriter out) {
    out.put(Share.HEADER, codebook == null ? 0 : 1, 1);
    if (codebook == null && symbols == null) {
      for (int code : codes) {
        out.put(Share.VALUES, code & 0xffffffffL, width);
      }
    } else if (codebook == null) {
      symbols.write(out, Share.VALUES, codes);
    } else {
      out.put(Share.HEADER, codebook.length, 16);
      for (int code : codebook) {
        out.put(Share.CODEBOOK, code & 0xffffffffL, width);
      }
      symbols.write(
          out,
          Share.VALUES,
          Arrays.stream(codes).map(code -> Arrays.binarySearch(codebook, code)).toArray());
    }
  }

  static int[] read(BitReader in, int width, int count) {
    if (in.get(1) == 1) {
      int length = (int) in.get(16);
      in.require((long) length * width);
      int[] codebook = new int[length];
      for (int i = 0; i < length; i++) {
        codebook[i] = (int) in.get(width);
      }
      if (length == 0) {
        throw new DamageException("a codebook of 1 or more values", "an empty one");
      }
      int[] codes = Symbols.read(in, length, count);
      for (int i = 0; i < count; i++) {
        codes[i] = codebook[codes[i]];
      }
      return codes;
    }
    if (width <= WIDEST_SYMBOL) {
      return Symbols.read(in, 1 << width, count);
    }
    in.require((long) count * width);
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (int) in.get(width);
    }
    return codes;
  }
}
