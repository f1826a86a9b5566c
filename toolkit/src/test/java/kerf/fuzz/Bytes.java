package kerf.fuzz;

import java.util.Arrays;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/** Edits of bytes without regard to structure. */
final class Bytes {
  private Bytes() {}

  static Edited edit(byte[] bytes, RandomStream random) {
    if (bytes.length == 0) {
      return new Edited("a byte", new byte[] {(byte) random.nextInt(256)}, false);
    }
    // Every other time near the beginning, where headers are.
    int most = random.nextInt(2) == 0 ? Math.min(bytes.length, 512) : bytes.length;
    int at = random.nextInt(most);
    int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(bytes, at, random.nextInt(8));
      case 1 -> replaced(bytes, at, (byte) random.nextInt(256));
      case 2 -> new Edited("cut at " + at, Arrays.copyOf(bytes, at), false);
      case 3 -> inserted(bytes, at, random);
      case 4 ->
          new Edited(
              "%d bytes at %d doubled".formatted(length, at),
              joined(
                  Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length)),
              false);
      case 5 ->
          new Edited(
              "%d bytes at %d removed".formatted(length, at),
              joined(
                  Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length)),
              false);
      default -> swapped(bytes, at, random.nextInt(bytes.length), length);
    };
  }

  static Edited flipped(byte[] bytes, int at, int bit) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << bit);
    return new Edited("bit %d of byte %d flipped".formatted(bit, at), copy, false);
  }

  private static Edited replaced(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return new Edited("byte %d replaced by %d".formatted(at, value), copy, false);
  }

  private static Edited inserted(byte[] bytes, int at, RandomStream random) {
    byte[] more = new byte[1 + random.nextInt(16)];
    boolean zeros = random.nextInt(2) == 0;
    for (int i = 0; i < more.length && !zeros; i++) {
      more[i] = (byte) random.nextInt(256);
    }
    byte[] head = joined(Arrays.copyOf(bytes, at), more);
    return new Edited(
        "%d bytes inserted at %d".formatted(more.length, at),
        joined(head, Arrays.copyOfRange(bytes, at, bytes.length)),
        false);
  }

  private static Edited swapped(byte[] bytes, int one, int other, int length) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    int count = Math.min(length, Math.min(second - first, bytes.length - second));
    byte[] copy = bytes.clone();
    System.arraycopy(bytes, second, copy, first, count);
    System.arraycopy(bytes, first, copy, second, count);
    return new Edited("%d bytes at %d and %d swapped".formatted(count, first, second), copy, false);
  }

  static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  /** A number at the edges of what headers hold, or near one that was there. */
  static long number(long was, RandomStream random) {
    long[] edges = {
      0,
      1,
      -1,
      2,
      127,
      255,
      65_535,
      Integer.MAX_VALUE,
      1L << 31,
      (1L << 32) - 1,
      1L << 32,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      was + 1,
      was - 1,
      2 * was,
      was / 2,
      was + (1L << 32)
    };
    return edges[random.nextInt(edges.length)];
  }
}
