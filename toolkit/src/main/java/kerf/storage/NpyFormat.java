package kerf.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bytes of one {@code .npy} file: magic, version, a Python dictionary as header, data. */
final class NpyFormat {
  private static final String MAGIC = "\u0093NUMPY";

  /** numpy pads its headers to a multiple of this. */
  private static final int ALIGNMENT = 64;

  /** numpy itself refuses longer headers unless told to trust the file. */
  private static final int LONGEST_HEADER = 10_000;

  private static final int MOST_AXES = 64;

  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*('[^']*'|True|False|\\([0-9, ]*\\))\\s*(?:,|$)");

  private NpyFormat() {}

  /**
   * All that comes before the data, byte for byte as numpy writes it.
   *
   * @param array the array to describe
   * @return magic, version 1.0 and header
   */
  static byte[] header(Npy array) {
    long[] shape = array.shape();
    String axes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String fields =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(array.type().descriptor(), shape.length == 1 ? axes + "," : axes);
    int start = MAGIC.length() + 4;
    int padding = ALIGNMENT - (start + fields.length() + 1) % ALIGNMENT;
    String text = fields + " ".repeat(padding % ALIGNMENT) + "\n";
    return ByteBuffer.allocate(start + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC.getBytes(ISO_8859_1))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.getBytes(ISO_8859_1))
        .array();
  }

  /**
   * The array in the bytes of a whole {@code .npy} file.
   *
   * @param file the archive, for errors
   * @param where the entry in the archive, for errors
   * @param bytes the whole entry
   * @return the array, in C order
   * @throws UnreadableFileException if the bytes are not an array of a known type
   */
  static Npy decode(Path file, String where, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, String> header = fields(file, where, headerText(file, where, in));
    String descriptor = header.get("descr").replace("'", "");
    ElementType type =
        ElementType.of(descriptor)
            .orElseThrow(
                () ->
                    new UnreadableFileException(
                        file,
                        "an element type of %s in %s".formatted(ElementType.descriptors(), where),
                        descriptor));
    long[] shape = shape(file, where, header.get("shape"));
    long expected = bytesOf(file, where, type, shape);
    if (expected != in.remaining()) {
      throw new UnreadableFileException(
          file,
          "%d bytes of data for %s%s in %s"
              .formatted(expected, type, Arrays.toString(shape), where),
          Integer.toString(in.remaining()));
    }
    byte[] data = Arrays.copyOfRange(bytes, in.position(), in.limit());
    boolean fortran = header.get("fortran_order").equals("True");
    return new Npy(type, shape, fortran ? cOrder(data, shape, type.bytes()) : data);
  }

  private static String headerText(Path file, String where, ByteBuffer in) {
    byte[] magic = new byte[MAGIC.length()];
    in.get(magic, 0, Math.min(magic.length, in.remaining()));
    int version = in.remaining() >= 2 ? in.get() + (in.get() << 8) : -1;
    boolean known = version == 1 || version == 2;
    if (!new String(magic, ISO_8859_1).equals(MAGIC) || !known) {
      throw new UnreadableFileException(
          file,
          "the magic bytes of .npy version 1.0 or 2.0 at the start of " + where,
          Arrays.toString(Arrays.copyOf(in.array(), Math.min(in.limit(), 8))));
    }
    int width = version == 1 ? 2 : 4;
    long length =
        in.remaining() < width
            ? Long.MAX_VALUE
            : version == 1
                ? Short.toUnsignedLong(in.getShort())
                : Integer.toUnsignedLong(in.getInt());
    if (length > Math.min(in.remaining(), LONGEST_HEADER)) {
      throw new UnreadableFileException(
          file,
          "a header of at most %d bytes in %s".formatted(LONGEST_HEADER, where),
          in.remaining() < length ? "one longer than the array's file" : length + " bytes");
    }
    byte[] text = new byte[(int) length];
    in.get(text);
    return new String(text, ISO_8859_1).strip();
  }

  private static Map<String, String> fields(Path file, String where, String text) {
    Map<String, String> fields = new HashMap<>();
    boolean braces = text.startsWith("{") && text.endsWith("}") && text.length() > 1;
    String inside = braces ? text.substring(1, text.length() - 1).strip() : "";
    Matcher field = FIELD.matcher(inside);
    int end = 0;
    boolean clean = true;
    while (clean && end < inside.length()) {
      clean =
          field.region(end, inside.length()).lookingAt()
              && kind(field.group(1)).equals(kind(field.group(2)))
              && fields.put(field.group(1), field.group(2)) == null;
      end = clean ? field.end() : end;
    }
    if (!clean || fields.size() != 3) {
      throw new UnreadableFileException(
          file,
          "a header with descr, fortran_order and shape in " + where,
          text.length() > 120 ? text.substring(0, 120) + "…" : text);
    }
    return fields;
  }

  /** Which field a value can stand in, by its first character. */
  private static String kind(String word) {
    return switch (word.charAt(0)) {
      case '\'', 'd' -> "descr";
      case '(', 's' -> "shape";
      default -> "fortran_order";
    };
  }

  private static long[] shape(Path file, String where, String tuple) {
    String[] axes = tuple.replaceAll("[() ]", "").split(",");
    try {
      long[] shape =
          Arrays.stream(axes).filter(a -> !a.isEmpty()).mapToLong(Long::parseLong).toArray();
      if (shape.length <= MOST_AXES) {
        return shape;
      }
    } catch (NumberFormatException e) {
      // An axis beyond 2^63 is refused in the same words as too many of them.
    }
    String found = tuple.length() > 120 ? tuple.substring(0, 120) + "…" : tuple;
    throw new UnreadableFileException(file, "a shape of 64-bit axes in " + where, found);
  }

  private static long bytesOf(Path file, String where, ElementType type, long[] shape) {
    try {
      long bytes = type.bytes();
      for (long axis : shape) {
        bytes = Math.multiplyExact(bytes, axis);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new UnreadableFileException(
          file, "a shape that fits in memory in " + where, Arrays.toString(shape));
    }
  }

  /** Puts data whose first axis runs fastest into the order where the last one does. */
  private static byte[] cOrder(byte[] data, long[] shape, int width) {
    byte[] sorted = new byte[data.length];
    int[] index = new int[shape.length];
    for (int to = 0; to < data.length; to += width) {
      long from = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from = from * shape[axis] + index[axis];
      }
      System.arraycopy(data, (int) from * width, sorted, to, width);
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return sorted;
  }
}
