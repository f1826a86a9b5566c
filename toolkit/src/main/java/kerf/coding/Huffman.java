package kerf.coding;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * A canonical Huffman code: its lengths tell all. D. A. Huffman, "A Method for the Construction of
 * Minimum-Redundancy Codes", 1952; E. S. Schwartz and B. Kallick, "Generating a canonical prefix
 * encoding", 1964.
 *
 * <p>Symbols are 0 to n - 1. Codes of one length are successive numbers in the order of symbols,
 * and follow those of shorter lengths. A code of a single symbol takes 1 bit. Decoding looks up the
 * next 11 bits in a table; the few longer codes are found by their lengths.
 */
public final class Huffman {
  /** No code is longer: counts below 2<sup>31</sup> make none beyond 44. */
  static final int LONGEST = 48;

  private static final int LOOKUP = 11;

  private final int[] lengths;
  private final long[] codes;
  private final int[] table = new int[1 << LOOKUP];
  private final long[] limits = new long[LONGEST + 1];
  private final int[] firsts = new int[LONGEST + 1];
  private final int[] ordered;

  private Huffman(int... lengths) {
    this.lengths = lengths.clone();
    this.codes = new long[lengths.length];
    this.ordered =
        IntStream.range(0, lengths.length)
            .filter(symbol -> lengths[symbol] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(symbol -> lengths[symbol]))
            .mapToInt(Integer::intValue)
            .toArray();
    assign();
  }

  /**
   * Finds the shortest code for symbols that occur so often.
   *
   * @param counts how often each symbol occurs, 0 or more
   * @return the code
   */
  public static Huffman ofCounts(long... counts) {
    return new Huffman(lengths(counts));
  }

  /**
   * Makes the code of given lengths.
   *
   * @param lengths bits of each symbol, 0 for one that does not occur
   * @return the code
   * @throws IllegalArgumentException if no complete code has these lengths
   */
  public static Huffman ofLengths(int... lengths) {
    long used = 0;
    int symbols = 0;
    for (int length : lengths) {
      if (length < 0 || length > LONGEST) {
        throw new IllegalArgumentException(
            "a code has lengths of 0 to %d bits, found %d".formatted(LONGEST, length));
      }
      used += length == 0 ? 0 : 1L << (LONGEST - length);
      symbols += length == 0 ? 0 : 1;
    }
    boolean single = symbols == 1 && used == 1L << (LONGEST - 1);
    if (symbols > 0 && used != 1L << LONGEST && !single) {
      throw new IllegalArgumentException(
          "lengths of a code must use up all codes, found %s of them in use"
              .formatted(used / (double) (1L << LONGEST)));
    }
    return new Huffman(lengths);
  }

  private static int[] lengths(long... counts) {
    Integer[] symbols =
        IntStream.range(0, counts.length)
            .filter(s -> counts[s] > 0)
            .boxed()
            .toArray(Integer[]::new);
    int[] lengths = new int[counts.length];
    if (symbols.length == 1) {
      lengths[symbols[0]] = 1;
      return lengths;
    }
    Arrays.sort(symbols, Comparator.comparingLong(symbol -> counts[symbol]));
    // Leaves in ascending order, then the inner nodes, which come out in ascending order too.
    int leaves = symbols.length;
    long[] weights = new long[Math.max(0, 2 * leaves - 1)];
    int[] parents = new int[weights.length];
    Deque<Integer> unmerged = new ArrayDeque<>();
    Deque<Integer> merged = new ArrayDeque<>();
    for (int i = 0; i < leaves; i++) {
      weights[i] = counts[symbols[i]];
      unmerged.add(i);
    }
    for (int node = leaves; node < weights.length; node++) {
      for (int child = 0; child < 2; child++) {
        int least = least(unmerged, merged, weights);
        weights[node] += weights[least];
        parents[least] = node;
      }
      merged.add(node);
    }
    int[] depths = new int[weights.length];
    for (int node = weights.length - 2; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
      if (node < leaves) {
        lengths[symbols[node]] = depths[node];
      }
    }
    return lengths;
  }

  private static int least(Deque<Integer> unmerged, Deque<Integer> merged, long... weights) {
    boolean leaf =
        merged.isEmpty()
            || !unmerged.isEmpty() && weights[unmerged.peek()] <= weights[merged.peek()];
    return leaf ? unmerged.remove() : merged.remove();
  }

  private void assign() {
    long code = 0;
    int length = 0;
    for (int rank = 0; rank < ordered.length; rank++) {
      int symbol = ordered[rank];
      int own = lengths[symbol];
      code <<= own - length;
      while (length < own) {
        limits[++length] = code << (LONGEST - own);
        firsts[length] = rank;
      }
      codes[symbol] = code;
      if (own <= LOOKUP) {
        int from = (int) code << (LOOKUP - own);
        Arrays.fill(table, from, from + (1 << (LOOKUP - own)), symbol << 6 | own);
      }
      code++;
    }
    long end = ordered.length == 0 ? 0 : code << (LONGEST - length);
    while (length < LONGEST) {
      limits[++length] = end;
      firsts[length] = ordered.length;
    }
  }

  /**
   * Gives the lengths.
   *
   * @return bits of each symbol, 0 for one that does not occur
   */
  public int[] lengths() {
    return lengths.clone();
  }

  /**
   * Counts the bits that symbols take, without the code itself.
   *
   * @param counts how often each occurs
   * @return bits
   */
  public long bits(long... counts) {
    long bits = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      bits += counts[symbol] * lengths[symbol];
    }
    return bits;
  }

  /**
   * Encodes symbols.
   *
   * @param symbols of those that have a code
   * @return their codes, filled up with zeros to a whole byte
   * @throws IllegalArgumentException if a symbol has no code
   */
  public byte[] encode(int... symbols) {
    BitWriter out = new BitWriter();
    encode(out, symbols);
    return out.bytes();
  }

  void encode(BitWriter out, int... symbols) {
    for (int symbol : symbols) {
      if (symbol < 0 || symbol >= lengths.length || lengths[symbol] == 0) {
        throw new IllegalArgumentException("symbol %d has no code".formatted(symbol));
      }
      out.put(codes[symbol], lengths[symbol]);
    }
  }

  /**
   * Decodes symbols.
   *
   * @param bytes what {@link #encode} gave
   * @param count how many symbols
   * @return the symbols
   * @throws IllegalArgumentException if the bytes are others
   */
  public int[] decode(byte[] bytes, int count) {
    try {
      BitReader in = new BitReader(bytes, 0);
      int[] symbols = new int[count];
      decode(in, symbols);
      in.requireEnd();
      return symbols;
    } catch (DamageException e) {
      throw new IllegalArgumentException("codes are damaged: " + e.getMessage(), e);
    }
  }

  void decode(BitReader in, int... symbols) {
    byte[] bytes = in.bytes();
    long bit = in.position();
    long end = bit + in.left();
    for (int i = 0; i < symbols.length; i++) {
      long window = BitReader.window(bytes, bit) << (bit & 7);
      int entry = table[(int) (window >>> (64 - LOOKUP))];
      if (entry == 0) {
        entry = longer(window);
      }
      symbols[i] = entry >>> 6;
      bit += entry & 63;
      if (bit > end) {
        throw new DamageException(
            "codes of %,d symbols".formatted(symbols.length), "%,d".formatted(i));
      }
    }
    in.position(bit);
  }

  /** The symbol of a code that the table is too short for. */
  private int longer(long window) {
    long code = window >>> (64 - LONGEST);
    for (int length = LOOKUP + 1; length <= LONGEST; length++) {
      // The codes of a length end where those of the next one begin.
      long above = length == LONGEST ? Long.MAX_VALUE : limits[length + 1];
      if (code < above && firsts[length] < ordered.length) {
        long rank = firsts[length] + (code - limits[length] >>> (LONGEST - length));
        if (code >= limits[length] && rank < ordered.length) {
          int symbol = ordered[(int) rank];
          if (lengths[symbol] == length) {
            return symbol << 6 | length;
          }
        }
      }
    }
    throw new DamageException("a code", "bits that are none");
  }
}
