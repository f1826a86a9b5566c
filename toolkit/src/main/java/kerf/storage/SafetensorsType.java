package kerf.storage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element types of a safetensors file, by their names there. */
enum SafetensorsType {
  F32(ElementType.FLOAT32, 4),
  F64(ElementType.FLOAT64, 8),
  I64(ElementType.INT64, 8),
  I32(ElementType.INT32, 4),
  I8(ElementType.INT8, 1),
  U8(ElementType.UINT8, 1),
  BOOL(ElementType.BOOL, 1),
  /** Half precision; read as float32. */
  F16(ElementType.FLOAT32, 2),
  /** The upper half of a float32; read as float32. */
  BF16(ElementType.FLOAT32, 2);

  private final ElementType type;
  private final int bytes;

  SafetensorsType(ElementType type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  static SafetensorsType of(ElementType type) {
    for (SafetensorsType each : values()) {
      if (each.type == type) {
        return each;
      }
    }
    throw new IllegalStateException("every type of ours has a name there, found none for " + type);
  }

  /** The array of some bytes. */
  Npy array(long[] shape, byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    int size = data.length / bytes;
    return switch (this) {
      case F32 -> {
        float[] values = new float[size];
        buffer.asFloatBuffer().get(values);
        yield Npy.of(shape, values);
      }
      case F64 -> {
        double[] values = new double[size];
        buffer.asDoubleBuffer().get(values);
        yield Npy.of(shape, values);
      }
      case I64 -> {
        long[] values = new long[size];
        buffer.asLongBuffer().get(values);
        yield Npy.of(shape, values);
      }
      case I32 -> {
        int[] values = new int[size];
        buffer.asIntBuffer().get(values);
        yield Npy.of(shape, values);
      }
      case I8, U8, BOOL -> Npy.of(type, shape, data);
      case F16, BF16 -> {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          short bits = buffer.getShort(2 * i);
          values[i] = this == F16 ? half(bits) : Float.intBitsToFloat(bits << 16);
        }
        yield Npy.of(shape, values);
      }
    };
  }

  /** A number in IEEE 754 half precision. */
  static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else {
      magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
