package kerf.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * An array of unsigned bytes from an IDX file, MNIST's format: two zero bytes, the element type
 * (0x08), the number of dimensions, each size as a big-endian 32-bit integer, then the elements,
 * the last dimension fastest. Gzip is recognized by content.
 *
 * @param file the file's name in errors
 * @param shape the sizes, each at least 1
 * @param bytes the elements; shared, not copied
 */
record Idx(String file, int[] shape, byte[] bytes) {
  /** No file is read that is longer (1 GiB). */
  static final long LONGEST = 1L << 30;

  private static final int UNSIGNED_BYTE = 0x08;
  private static final String AGAIN = "; copy it again from its source";

  /**
   * Reads a file of the user's.
   *
   * @param path where it lies
   * @param dimensions how many dimensions it must have: 3 for images, 1 for labels
   * @return its array
   * @throws DataFileException if it is missing, damaged, or of another type or rank
   */
  static Idx read(Path path, int dimensions) {
    return read(DataFile.of(path, LONGEST), dimensions);
  }

  /**
   * Reads the array in a file.
   *
   * @param file the file
   * @param dimensions how many dimensions it must have: 3 for images, 1 for labels
   * @return its array
   * @throws DataFileException if it is damaged, or of another type or rank
   */
  static Idx read(DataFile file, int dimensions) {
    Contents contents = file.contents();
    checkMagic(file.name(), contents, dimensions);
    long[] sizes = sizes(file.name(), contents, dimensions);
    String claim = Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "));
    int length = length(file.name(), sizes, claim, contents.most() - 4 - 4L * dimensions);

    DataFile.requireMemory(file.name(), "an array of %s bytes".formatted(claim), 2L * length);
    byte[] bytes = contents.read(length);
    if (bytes.length < length) {
      throw new DataFileException(
          file.name(), wanted(length, claim) + bytes.length + "; the file is cut short" + AGAIN);
    }
    long surplus = contents.drain();
    if (surplus > 0) {
      throw new DataFileException(
          file.name(),
          wanted(length, claim)
              + (length + surplus)
              + "; the file or its header is damaged"
              + AGAIN);
    }
    return new Idx(file.name(), Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray(), bytes);
  }

  private static String wanted(int length, String claim) {
    return "expected " + length + " bytes of data (" + claim + "), found ";
  }

  private static void checkMagic(String file, Contents contents, int dimensions) {
    byte[] magic = new byte[4];
    int count = contents.read(magic);
    if (count < 4 || magic[0] != 0 || magic[1] != 0 || ElementType.name(magic[2]) == null) {
      byte[] expected = {0, 0, UNSIGNED_BYTE, (byte) dimensions};
      HexFormat hex = HexFormat.ofDelimiter(" ");
      throw new DataFileException(
          file,
          "expected the first bytes %s of an IDX file, found %s; this is another format, or damaged"
              .formatted(
                  hex.formatHex(expected),
                  count == 0 ? "no bytes" : hex.formatHex(magic, 0, count)));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new DataFileException(
          file,
          "expected unsigned bytes (IDX type 0x08), found %s (type 0x%02x); save them as numpy's uint8"
              .formatted(ElementType.name(magic[2]), magic[2]));
    }
    if (magic[3] != dimensions) {
      throw new DataFileException(
          file,
          "expected %s, found %s; are the files of images and labels interchanged?"
              .formatted(rank(dimensions), rank(magic[3] & 0xff)));
    }
  }

  private static String rank(int dimensions) {
    return switch (dimensions) {
      case 1 -> "1 dimension (labels)";
      case 3 -> "3 dimensions (images, height, width)";
      default -> dimensions + " dimensions";
    };
  }

  private static long[] sizes(String file, Contents contents, int dimensions) {
    byte[] header = new byte[4 * dimensions];
    int count = contents.read(header);
    if (count < header.length) {
      throw new DataFileException(
          file,
          "expected a header of %d bytes, found %d; the file is cut short%s"
              .formatted(4 + header.length, 4 + count, AGAIN));
    }
    ByteBuffer buffer = ByteBuffer.wrap(header);
    long[] sizes = new long[dimensions];
    Arrays.setAll(sizes, i -> Integer.toUnsignedLong(buffer.getInt()));
    return sizes;
  }

  /** Checks a header's claim against what the file can hold at most, before any memory is taken. */
  private static int length(String file, long[] sizes, String claim, long most) {
    if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
      throw new DataFileException(file, "expected sizes of at least 1, found " + claim + AGAIN);
    }
    long room = Math.min(most, Integer.MAX_VALUE - 8);
    long length = 1;
    for (long size : sizes) {
      if (size > room / length) {
        throw new DataFileException(
            file,
            "expected at most %d bytes of data, found a header that claims %s; the file is cut short or its header damaged%s"
                .formatted(Math.max(0, room), claim, AGAIN));
      }
      length *= size;
    }
    return (int) length;
  }

  /** The element types of the IDX format. */
  private enum ElementType {
    UNSIGNED_BYTES(0x08, "unsigned bytes"),
    SIGNED_BYTES(0x09, "signed bytes"),
    SHORTS(0x0b, "16-bit integers"),
    INTEGERS(0x0c, "32-bit integers"),
    FLOATS(0x0d, "32-bit floats"),
    DOUBLES(0x0e, "64-bit floats");

    private final int code;
    private final String words;

    ElementType(int code, String words) {
      this.code = code;
      this.words = words;
    }

    /** The words for a type's code, or null if the format has no such type. */
    static String name(byte code) {
      return Arrays.stream(values())
          .filter(type -> type.code == code)
          .map(type -> type.words)
          .findFirst()
          .orElse(null);
    }
  }
}
