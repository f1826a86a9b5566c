package kerf.coding;

import java.util.Arrays;

/** Numbers of a few bits each, one behind the other, the highest bit first. */
final class BitWriter {
  private byte[] bytes = new byte[64];
  private long bits;

  /** Writes the lowest bits of a number, 0 to 64 of them. */
  void put(long number, int width) {
    ensure(width);
    int left = width;
    while (left > 0) {
      int free = 8 - (int) (bits & 7);
      int taken = Math.min(free, left);
      long part = number >>> (left - taken) & (1 << taken) - 1;
      bytes[(int) (bits >>> 3)] |= (byte) (part << (free - taken));
      bits += taken;
      left -= taken;
    }
  }

  /** Writes a number of 0 or more in groups of 7 bits, 8 with the mark that more follow. */
  void putCount(int number) {
    int left = number;
    while (left >= 1 << 7) {
      put(1L << 7 | left & 0x7f, 8);
      left >>>= 7;
    }
    put(left, 8);
  }

  private void ensure(int width) {
    long needed = (bits + width + 7) / 8;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 2L * bytes.length)));
    }
  }

  /** How many bits were written. */
  long position() {
    return bits;
  }

  /** What was written, filled up with zeros to a whole byte. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, (int) ((bits + 7) / 8));
  }
}
