package kerf.coding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link BitWriter} wrote, and refuses to read beyond the end. */
final class BitReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long end;
  private long bit;

  BitReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.end = 8L * bytes.length;
    this.bit = 8L * from;
  }

  /** The next number of 0 to 64 bits. */
  long get(int width) {
    if (width > 32) {
      long high = get(width - 32);
      return high << 32 | get(32);
    }
    require(width);
    long number = width == 0 ? 0 : peek() >>> (64 - width);
    bit += width;
    return number;
  }

  /** The next number that {@link BitWriter#putCount} wrote. */
  int getCount() {
    long number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      long group = get(8);
      number |= (group & 0x7f) << shift;
      if (group < 1 << 7) {
        if (number > Integer.MAX_VALUE) {
          break;
        }
        return (int) number;
      }
    }
    throw new DamageException("a count below 2^31", "a greater one");
  }

  /** The next 57 bits or more at the top of 64, zeros beyond the end. */
  long peek() {
    return window(bytes, bit) << (bit & 7);
  }

  /** The 8 bytes from the one that holds a bit, zeros beyond the end. */
  static long window(byte[] bytes, long bit) {
    int at = (int) (bit >>> 3);
    if (at + 8 <= bytes.length) {
      return (long) LONGS.get(bytes, at);
    }
    long window = 0;
    for (int i = at; i < at + 8; i++) {
      window = window << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return window;
  }

  void require(long width) {
    if (bit + width > end) {
      throw new DamageException("%,d bits more".formatted(width), "%,d".formatted(end - bit));
    }
  }

  /** How many bits are left. */
  long left() {
    return end - bit;
  }

  byte[] bytes() {
    return bytes;
  }

  long position() {
    return bit;
  }

  void position(long place) {
    bit = place;
  }

  /** Refuses anything but the zeros that fill the last byte. */
  void requireEnd() {
    long rest = left();
    if (rest >= 8 || get((int) rest) != 0) {
      throw new DamageException("zeros to the end of a byte", "%,d bits more".formatted(rest));
    }
  }
}
