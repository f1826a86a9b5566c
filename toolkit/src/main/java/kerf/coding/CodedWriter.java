package kerf.coding;

import java.util.EnumMap;
import java.util.Map;

/** Writes bits and keeps the account of what they are spent on. */
final class CodedWriter {
  private final BitWriter bits = new BitWriter();
  private final long[] spent = new long[Share.values().length];

  void put(Share share, long number, int width) {
    bits.put(number, width);
    spent[share.ordinal()] += width;
  }

  void putCount(Share share, int number) {
    long before = bits.position();
    bits.putCount(number);
    spent[share.ordinal()] += bits.position() - before;
  }

  void huffman(Share share, Huffman code, int... symbols) {
    long before = bits.position();
    code.encode(bits, symbols);
    spent[share.ordinal()] += bits.position() - before;
  }

  /** Bits by what they are spent on, those that fill the last byte included. */
  Map<Share, Long> spent() {
    Map<Share, Long> all = new EnumMap<>(Share.class);
    for (Share share : Share.values()) {
      all.put(share, spent[share.ordinal()]);
    }
    all.merge(Share.PADDING, 8L * bits.bytes().length - bits.position(), Long::sum);
    return all;
  }

  byte[] bytes() {
    return bits.bytes();
  }
}
