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
    return Arrays.stream(Form.values())
        .map(form -> pack(values, rows, form))
        .min(Comparator.comparingInt(bytes -> bytes.length))
        .orElseThrow();
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
    if (rows < 1 || values.length % rows != 0) {
      throw new IllegalArgumentException(
          "an array of %d values must have rows of equal length, found %d rows"
              .formatted(values.length, rows));
    }
    int[] places = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    return switch (form) {
      case DENSE -> dense(values);
      case BITMAP -> bitmap(values, places);
      case GAPS -> gaps(values, places);
      case ROWS -> rows(values, places, values.length / rows);
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

  private static ByteBuffer open(Form form, int elements, int bytes) {
    return ByteBuffer.allocate(HEADER + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) form.ordinal())
        .putInt(elements);
  }

  private static byte[] dense(float... values) {
    ByteBuffer out = open(Form.DENSE, values.length, 4 * values.length);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }

  private static byte[] bitmap(float[] values, int... places) {
    int bits = (values.length + 7) / 8;
    ByteBuffer out = open(Form.BITMAP, values.length, bits + 4 * places.length);
    for (int place : places) {
      int at = HEADER + place / 8;
      out.put(at, (byte) (out.get(at) | 1 << place % 8));
    }
    out.position(HEADER + bits);
    for (int place : places) {
      out.putFloat(values[place]);
    }
    return out.array();
  }

  private static void readBitmap(ByteBuffer in, float... values) {
    int bits = in.position();
    in.position(bits + (values.length + 7) / 8);
    for (int i = 0; i < values.length; i++) {
      if ((in.get(bits + i / 8) >> i % 8 & 1) == 1) {
        values[i] = in.getFloat();
      }
    }
  }

  private static byte[] gaps(float[] values, int... places) {
    int width =
        IntStream.rangeClosed(1, WIDEST_GAP)
            .boxed()
            .min(Comparator.comparingLong(bits -> gapBytes(entries(places, bits), bits)))
            .orElseThrow();
    int entries = entries(places, width);
    ByteBuffer out = open(Form.GAPS, values.length, Math.toIntExact(5 + gapBytes(entries, width)));
    out.put((byte) width).putInt(entries);
    Bits indices = new Bits(out, out.position());
    ByteBuffer kept = out.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    kept.position(out.position() + (entries * width + 7) / 8);
    int longest = (1 << width) - 1;
    int next = 0;
    for (int place : places) {
      for (; place - next > longest; next += longest + 1) {
        indices.write(longest, width);
        kept.putFloat(0);
      }
      indices.write(place - next, width);
      kept.putFloat(values[place]);
      next = place + 1;
    }
    return out.array();
  }

  private static int entries(int[] places, int width) {
    int entries = places.length;
    int next = 0;
    for (int place : places) {
      entries += place - next >> width;
      next = place + 1;
    }
    return entries;
  }

  private static long gapBytes(long entries, int width) {
    return (entries * width + 7) / 8 + 4 * entries;
  }

  private static void readGaps(ByteBuffer in, float... values) {
    int width = in.get();
    int entries = in.getInt();
    Bits indices = new Bits(in, in.position());
    in.position(in.position() + (entries * width + 7) / 8);
    int place = -1;
    for (int i = 0; i < entries; i++) {
      place += indices.read(width) + 1;
      values[place] = in.getFloat();
    }
  }

  private static byte[] rows(float[] values, int[] places, int columns) {
    int rows = values.length / columns;
    int width = width(columns - 1);
    int counter = width(columns);
    ByteBuffer out =
        open(Form.ROWS, values.length, 4 + rows * counter + places.length * (width + 4));
    out.putInt(columns);
    int[] counts = new int[rows];
    for (int place : places) {
      counts[place / columns]++;
    }
    for (int count : counts) {
      put(out, count, counter);
    }
    for (int place : places) {
      put(out, place % columns, width);
    }
    for (int place : places) {
      out.putFloat(values[place]);
    }
    return out.array();
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
