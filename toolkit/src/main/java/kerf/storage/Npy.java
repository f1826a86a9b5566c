package kerf.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of numbers with a shape, as numpy stores it: little endian, in C order (the last axis
 * runs fastest). Immutable; arrays are copied on the way in and on the way out.
 */
public final class Npy {
  private final ElementType type;
  private final long[] shape;
  private final byte[] data;

  /**
   * Takes data over without a copy.
   *
   * @param type the element type
   * @param shape the size of each axis
   * @param data the elements, little endian, in C order
   */
  Npy(ElementType type, long[] shape, byte[] data) {
    this.type = type;
    this.shape = shape.clone();
    this.data = data;
  }

  /**
   * An array of {@code float32}.
   *
   * @param shape the size of each axis; empty for a scalar
   * @param values as many as the product of the shape, in C order
   * @return the array
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  public static Npy of(long[] shape, float[] values) {
    ByteBuffer data = allocate(ElementType.FLOAT32, shape, values.length);
    data.asFloatBuffer().put(values);
    return new Npy(ElementType.FLOAT32, shape, data.array());
  }

  /**
   * An array of {@code float64}.
   *
   * @param shape the size of each axis; empty for a scalar
   * @param values as many as the product of the shape, in C order
   * @return the array
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  public static Npy of(long[] shape, double[] values) {
    ByteBuffer data = allocate(ElementType.FLOAT64, shape, values.length);
    data.asDoubleBuffer().put(values);
    return new Npy(ElementType.FLOAT64, shape, data.array());
  }

  /**
   * An array of {@code int32}.
   *
   * @param shape the size of each axis; empty for a scalar
   * @param values as many as the product of the shape, in C order
   * @return the array
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  public static Npy of(long[] shape, int[] values) {
    ByteBuffer data = allocate(ElementType.INT32, shape, values.length);
    data.asIntBuffer().put(values);
    return new Npy(ElementType.INT32, shape, data.array());
  }

  /**
   * An array of {@code int64}.
   *
   * @param shape the size of each axis; empty for a scalar
   * @param values as many as the product of the shape, in C order
   * @return the array
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  public static Npy of(long[] shape, long[] values) {
    ByteBuffer data = allocate(ElementType.INT64, shape, values.length);
    data.asLongBuffer().put(values);
    return new Npy(ElementType.INT64, shape, data.array());
  }

  /**
   * An array of one-byte elements.
   *
   * @param type {@code INT8}, {@code UINT8} or {@code BOOL}
   * @param shape the size of each axis; empty for a scalar
   * @param values as many as the product of the shape, in C order
   * @return the array
   * @throws IllegalArgumentException if the type is wider than a byte, or the number of values is
   *     not the shape's
   */
  public static Npy of(ElementType type, long[] shape, byte[] values) {
    if (type.bytes() != 1) {
      throw new IllegalArgumentException(
          "bytes hold INT8, UINT8 or BOOL, found %s; give its own primitive array".formatted(type));
    }
    return new Npy(type, shape, allocate(type, shape, values.length).put(values).array());
  }

  /**
   * The element type.
   *
   * @return the type
   */
  public ElementType type() {
    return type;
  }

  /**
   * The size of each axis.
   *
   * @return a copy of the shape; empty for a scalar
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * The number of elements.
   *
   * @return the product of the shape; 1 for a scalar
   */
  public int size() {
    return data.length / type.bytes();
  }

  /**
   * The elements of a {@code float32} array.
   *
   * @return a copy, in C order
   * @throws IllegalStateException if the array holds another type
   */
  public float[] floats() {
    require(type == ElementType.FLOAT32, "FLOAT32");
    float[] values = new float[size()];
    buffer().asFloatBuffer().get(values);
    return values;
  }

  /**
   * The elements of a {@code float32} or {@code float64} array, widened.
   *
   * @return a copy, in C order
   * @throws IllegalStateException if the array holds integers
   */
  public double[] doubles() {
    require(type == ElementType.FLOAT32 || type == ElementType.FLOAT64, "FLOAT32 or FLOAT64");
    double[] values = new double[size()];
    ByteBuffer buffer = buffer();
    for (int i = 0; i < values.length; i++) {
      values[i] = type == ElementType.FLOAT32 ? buffer.getFloat() : buffer.getDouble();
    }
    return values;
  }

  /**
   * The elements of any integer or boolean array, widened; unsigned bytes are 0 to 255.
   *
   * @return a copy, in C order
   * @throws IllegalStateException if the array holds floats
   */
  public long[] longs() {
    require(type.integer(), "an integer type");
    long[] values = new long[size()];
    ByteBuffer buffer = buffer();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case INT64 -> buffer.getLong();
            case INT32 -> buffer.getInt();
            case INT8 -> buffer.get();
            default -> Byte.toUnsignedLong(buffer.get());
          };
    }
    return values;
  }

  /**
   * The elements of an array of one-byte elements, as they are stored.
   *
   * @return a copy, in C order
   * @throws IllegalStateException if the elements are wider than a byte
   */
  public byte[] bytes() {
    require(type.bytes() == 1, "INT8, UINT8 or BOOL");
    return data.clone();
  }

  /**
   * The elements as they lie in a file; not a copy, so it stays in this room.
   *
   * @return the elements, little endian, in C order
   */
  byte[] data() {
    return data;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Npy that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, Arrays.hashCode(shape), Arrays.hashCode(data));
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }

  private void require(boolean right, String expected) {
    if (!right) {
      throw new IllegalStateException("array must hold %s, found %s".formatted(expected, this));
    }
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer allocate(ElementType type, long[] shape, int values) {
    long expected = 1;
    for (long axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException(
            "an axis must not be negative, found shape " + Arrays.toString(shape));
      }
      expected = Math.multiplyExact(expected, axis);
    }
    if (expected != values) {
      throw new IllegalArgumentException(
          "shape %s holds %d values, found %d".formatted(Arrays.toString(shape), expected, values));
    }
    int bytes = Math.multiplyExact(values, type.bytes());
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
