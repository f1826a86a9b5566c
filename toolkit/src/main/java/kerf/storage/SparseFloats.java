package kerf.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Float32 arrays with many zeros, packed into the fewest bytes that one of four forms needs. What
 * is stored of the zeros is paid for: the length of the bytes is what a sparse network costs on
 * disk.
 *
 * <p>All forms open with a byte that names the form and the number of elements n (4 bytes); numbers
 * are little-endian, values have 4 bytes. With k values that are not 0 (a zero of either sign is 0,
 * and unpacks to +0):
 *
 * <ul>
 *   <li>{@link Form#DENSE}: all values; 4 n bytes. The cheapest above a density of about 0.97.
 *   <li>{@link Form#BITMAP}: a bit for each element, then the values; n / 8 + 4 k.
 *   <li>{@link Form#GAPS}: for each value the number of zeros before it in b bits, the values; a
 *       gap that does not fit is broken by entries whose value is 0. (b / 8 + 4) times the entries,
 *       with the best b of 1 to 16. Han et al. 2016, section 2 and figure 2, with b of 5 and 8.
 *   <li>{@link Form#ROWS}: compressed sparse rows: for each row of the matrix (the first axis) the
 *       number of its values, for each value its column, in as few whole bytes as the number of
 *       columns needs.
 * </ul>
 */
public final class SparseFloats {
  private static final int HEADER = 5;
  private static final int WIDEST_GAP = 16;

  /** How an array is packed. */
  public enum Form {
    /** Every element. */
    DENSE,
    /** A bit for each element. */
    BITMAP,
    /** Relative indices. */
    GAPS,
    /** Compressed sparse rows. */
    ROWS
  }

  private SparseFloats() {}

  /**
   * Packs an array in its cheapest form, the first of equals.
   *
   * @param values row-major values
   * @param rows the size of the first axis; divides the number of values
   * @return the packed bytes
   */
  public static byte[] pack(float[] values, int rows) {
    requireRows(values, rows);
    int[] places = places(values);
    Form best =
        Arrays.stream(Form.values())
            .min(Comparator.comparingLong(form -> bytes(form, values.length, rows, places)))
            .orElseThrow();
    return pack(values, rows, best, places);
  }

  /**
   * Packs an array in a given form.
   *
   * @param values row-major values
   * @param rows the size of the first axis; divides the number of values
   * @param form the form
   * @return the packed bytes
   */
  public static byte[] pack(float[] values, int rows, Form form) {
    requireRows(values, rows);
    return pack(values, rows, form, places(values));
  }

  private static byte[] pack(float[] values, int rows, Form form, int... places) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(bytes(form, values.length, rows, places)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) form.ordinal())
            .putInt(values.length);
    switch (form) {
      case DENSE -> out.asFloatBuffer().put(values);
      case BITMAP -> bitmap(out, values, places);
      case GAPS -> gaps(out, values, places);
      case ROWS -> rows(out, values, rows, places);
    }
    return out.array();
  }

  private static void requireRows(float[] values, int rows) {
    if (rows < 1 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "an array of %d values must have rows of equal length, found %d rows"
              .formatted(values.length, rows));
    }
  }

  private static int[] places(float... values) {
    return IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
  }

  /** What a form needs for so many elements of which those at some places are not 0. */
  private static long bytes(Form form, int elements, int rows, int... places) {
    long kept = 4L * places.length;
    return HEADER
        + switch (form) {
          case DENSE -> 4L * elements;
          case BITMAP -> bitBytes(elements, 1) + kept;
          case GAPS -> 5 + gapBytes(places, gapWidth(places));
          case ROWS ->
              4
                  + (long) rows * width(elements / rows)
                  + (long) places.length * width(elements / rows - 1)
                  + kept;
        };
  }

  /**
   * Unpacks an array.
   *
   * @param packed what {@link #pack} gave
   * @return row-major values
   */
  public static float[] unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    Form form = Form.values()[in.get()];
    float[] values = new float[in.getInt()];
    switch (form) {
      case DENSE -> in.asFloatBuffer().get(values);
      case BITMAP -> readBitmap(in, values);
      case GAPS -> readGaps(in, values);
      case ROWS -> readRows(in, values);
    }
    return values;
  }

  /** The bytes of so many numbers of so many bits. */
  private static long bitBytes(long count, int bits) {
    return (count * bits + 7) / 8;
  }

  private static void bitmap(ByteBuffer out, float[] values, int... places) {
    int start = out.position();
    for (int place : places) {
      int at = start + place / 8;
      out.put(at, (byte) (out.get(at) | 1 << place % 8));
    }
    out.position(start + (int) bitBytes(values.length, 1));
    for (int place : places) {
      out.putFloat(values[place]);
    }
  }

  private static void readBitmap(ByteBuffer in, float... values) {
    int bits = in.position();
    in.position(bits + (int) bitBytes(values.length, 1));
    for (int i = 0; i < values.length; i++) {
      if ((in.get(bits + i / 8) >> i % 8 & 1) == 1) {
        values[i] = in.getFloat();
      }
    }
  }

  private static void gaps(ByteBuffer out, float[] values, int... places) {
    int width = gapWidth(places);
    int entries = Math.toIntExact(entries(places, width));
    out.put((byte) width).putInt(entries);
    Bits indices = new Bits(out, out.position());
    out.position(out.position() + (int) bitBytes(entries, width));
    int longest = (1 << width) - 1;
    int next = 0;
    for (int place : places) {
      for (; place - next > longest; next += longest + 1) {
        indices.write(longest, width);
        out.putFloat(0);
      }
      indices.write(place - next, width);
      out.putFloat(values[place]);
      next = place + 1;
    }
  }

  /** The bits of a gap that need the fewest bytes in all. */
  private static int gapWidth(int... places) {
    return IntStream.rangeClosed(1, WIDEST_GAP)
        .boxed()
        .min(Comparator.comparingLong(width -> gapBytes(places, width)))
        .orElseThrow();
  }

  private static long gapBytes(int[] places, int width) {
    long entries = entries(places, width);
    return bitBytes(entries, width) + 4 * entries;
  }

  private static long entries(int[] places, int width) {
    long entries = places.length;
    int next = 0;
    for (int place : places) {
      entries += place - next >> width;
      next = place + 1;
    }
    return entries;
  }

  private static void readGaps(ByteBuffer in, float... values) {
    int width = in.get();
    int entries = in.getInt();
    Bits indices = new Bits(in, in.position());
    in.position(in.position() + (int) bitBytes(entries, width));
    int place = -1;
    for (int i = 0; i < entries; i++) {
      place += indices.read(width) + 1;
      values[place] = in.getFloat();
    }
  }

  private static void rows(ByteBuffer out, float[] values, int rows, int... places) {
    int columns = values.length / rows;
    out.putInt(columns);
    int[] counts = new int[rows];
    for (int place : places) {
      counts[place / columns]++;
    }
    for (int count : counts) {
      put(out, count, width(columns));
    }
    for (int place : places) {
      put(out, place % columns, width(columns - 1));
    }
    for (int place : places) {
      out.putFloat(values[place]);
    }
  }

  private static void readRows(ByteBuffer in, float... values) {
    int columns = in.getInt();
    int[] ends = new int[values.length / columns];
    int kept = 0;
    for (int row = 0; row < ends.length; row++) {
      kept += get(in, width(columns));
      ends[row] = kept;
    }
    int width = width(columns - 1);
    ByteBuffer numbers = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    numbers.position(in.position() + kept * width);
    int row = 0;
    for (int i = 0; i < kept; i++) {
      while (ends[row] <= i) {
        row++;
      }
      values[row * columns + get(in, width)] = numbers.getFloat();
    }
  }

  /** The whole bytes that a number up to {@code most} needs: 1, 2 or 4. */
  private static int width(int most) {
    if (most < 1 << 8) {
      return 1;
    }
    return most < 1 << 16 ? 2 : 4;
  }

  private static void put(ByteBuffer out, int number, int width) {
    switch (width) {
      case 1 -> out.put((byte) number);
      case 2 -> out.putShort((short) number);
      default -> out.putInt(number);
    }
  }

  private static int get(ByteBuffer in, int width) {
    return switch (width) {
      case 1 -> in.get() & 0xff;
      case 2 -> in.getShort() & 0xffff;
      default -> in.getInt();
    };
  }

  /** Numbers of a few bits each, the lowest bit first, at a place of a buffer. */
  private static final class Bits {
    private final ByteBuffer buffer;
    private final int start;
    private long bit;

    Bits(ByteBuffer buffer, int start) {
      this.buffer = buffer;
      this.start = start;
    }

    void write(int number, int width) {
      for (int i = 0; i < width; i++, bit++) {
        int at = start + (int) (bit / 8);
        buffer.put(at, (byte) (buffer.get(at) | (number >> i & 1) << bit % 8));
      }
    }

    int read(int width) {
      int number = 0;
      for (int i = 0; i < width; i++, bit++) {
        number |= (buffer.get(start + (int) (bit / 8)) >> bit % 8 & 1) << i;
      }
      return number;
    }
  }
}
