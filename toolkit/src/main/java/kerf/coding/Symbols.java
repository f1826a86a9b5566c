package kerf.coding;

import java.util.Arrays;

/**
 * A sequence of symbols: each at a fixed width, or by a Huffman code whose lengths go before it.
 *
 * @param alphabet how many symbols there are, at most 65536; 0 to alphabet - 1
 * @param counts how often each occurs
 * @param code the Huffman code; null for a fixed width
 */
record Symbols(int alphabet, long[] counts, Huffman code) {
  private static final int LARGEST = 1 << 12;
  private static final int COUNT_BITS = 13;
  private static final int NARROW = 4;
  private static final int WIDE = 6;

  /** The cheaper way, the fixed width if Huffman codes are not wanted. */
  static Symbols cheapest(int alphabet, boolean huffman, long... counts) {
    Symbols fixed = new Symbols(alphabet, counts, null);
    if (!huffman || alphabet > LARGEST) {
      return fixed;
    }
    Symbols coded = new Symbols(alphabet, counts, Huffman.ofCounts(counts));
    return coded.bits() < fixed.bits() ? coded : fixed;
  }

  static long[] counts(int alphabet, int... symbols) {
    long[] counts = new long[alphabet];
    for (int symbol : symbols) {
      counts[symbol]++;
    }
    return counts;
  }

  /** Bits of a symbol of a fixed width. */
  static int width(int alphabet) {
    return 32 - Integer.numberOfLeadingZeros(alphabet - 1);
  }

  /** All bits: which way, lengths, symbols. */
  long bits() {
    return 1
        + (code == null
            ? Arrays.stream(counts).sum() * width(alphabet)
            : tableBits() + code.bits(counts));
  }

  private int used() {
    int used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    return used;
  }

  private int lengthBits() {
    return Arrays.stream(code.lengths()).max().orElse(0) < 1 << NARROW ? NARROW : WIDE;
  }

  private long tableBits() {
    return COUNT_BITS + 1 + (long) used() * lengthBits();
  }

  void write(CodedWriter out, Share share, int... symbols) {
    out.put(Share.HEADER, code == null ? 0 : 1, 1);
    if (code == null) {
      int width = width(alphabet);
      for (int symbol : symbols) {
        out.put(share, symbol, width);
      }
      return;
    }
    int width = lengthBits();
    out.put(Share.TABLES, used(), COUNT_BITS);
    out.put(Share.TABLES, width == NARROW ? 0 : 1, 1);
    int[] lengths = code.lengths();
    for (int i = 0; i < used(); i++) {
      out.put(Share.TABLES, lengths[i], width);
    }
    out.huffman(share, code, symbols);
  }

  static int[] read(BitReader in, int alphabet, int count) {
    if (in.get(1) == 0) {
      int width = width(alphabet);
      in.require((long) count * width);
      int[] symbols = new int[count];
      for (int i = 0; i < count; i++) {
        symbols[i] = below(alphabet, (int) in.get(width));
      }
      return symbols;
    }
    int used = (int) in.get(COUNT_BITS);
    if (used > alphabet) {
      throw new DamageException("%d symbols at most".formatted(alphabet), "" + used);
    }
    int width = in.get(1) == 0 ? NARROW : WIDE;
    int[] lengths = new int[used];
    for (int i = 0; i < used; i++) {
      lengths[i] = (int) in.get(width);
    }
    in.require(count);
    int[] symbols = new int[count];
    code(lengths).decode(in, symbols);
    return symbols;
  }

  private static Huffman code(int... lengths) {
    try {
      return Huffman.ofLengths(lengths);
    } catch (IllegalArgumentException e) {
      throw new DamageException("lengths of a code", e.getMessage());
    }
  }

  private static int below(int alphabet, int symbol) {
    if (symbol >= alphabet) {
      throw new DamageException("a symbol below " + alphabet, "" + symbol);
    }
    return symbol;
  }
}
