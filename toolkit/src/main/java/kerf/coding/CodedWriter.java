package kerf.coding;

import java.util.EnumMap;
import java.util.Map;

/** Writes bits and keeps the account of what they are spent on. */
final class CodedWriter {
  private final BitWriter bits = new BitWriter();
  private final Map<Share, Long> spent = new EnumMap<>(Share.class);

  void put(Share share, long number, int width) {
    bits.put(number, width);
    spent.merge(share, (long) width, Long::sum);
  }

  void putCount(Share share, int number) {
    long before = bits.position();
    bits.putCount(number);
    spent.merge(share, bits.position() - before, Long::sum);
  }

  void huffman(Share share, Huffman code, int... symbols) {
    long before = bits.position();
    code.encode(bits, symbols);
    spent.merge(share, bits.position() - before, Long::sum);
  }

  /** Bits by what they are spent on, those that fill the last byte included. */
  Map<Share, Long> spent() {
    Map<Share, Long> all = new EnumMap<>(spent);
    all.put(Share.PADDING, 8L * bits.bytes().length - bits.position());
    return all;
  }

  byte[] bytes() {
    return bits.bytes();
  }
}
