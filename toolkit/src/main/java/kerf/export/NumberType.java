package kerf.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Types of numbers in ONNX files that Kerf writes and reads, and how they are laid out there. */
enum NumberType {
  FLOAT(TensorProto.DataType.FLOAT, 32),
  UINT8(TensorProto.DataType.UINT8, 8),
  INT8(TensorProto.DataType.INT8, 8),
  UINT16(TensorProto.DataType.UINT16, 16),
  INT16(TensorProto.DataType.INT16, 16),
  INT32(TensorProto.DataType.INT32, 32),
  INT64(TensorProto.DataType.INT64, 64),
  FLOAT16(TensorProto.DataType.FLOAT16, 16),
  BFLOAT16(TensorProto.DataType.BFLOAT16, 16),
  UINT4(TensorProto.DataType.UINT4, 4),
  INT4(TensorProto.DataType.INT4, 4);

  private final TensorProto.DataType code;
  private final int bits;

  NumberType(TensorProto.DataType code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /** The narrowest type that holds all integers between two. */
  static NumberType holding(int min, int max) {
    boolean signed = min < 0;
    if (signed ? min >= -8 && max <= 7 : max <= 15) {
      return signed ? INT4 : UINT4;
    }
    if (signed ? min >= -128 && max <= 127 : max <= 255) {
      return signed ? INT8 : UINT8;
    }
    if (signed ? min >= -32768 && max <= 32767 : max <= 65535) {
      return signed ? INT16 : UINT16;
    }
    return INT32;
  }

  /** The type of a code in a file, if it is one of these. */
  static Optional<NumberType> ofCode(int code) {
    for (NumberType type : values()) {
      if (type.code.getNumber() == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int code() {
    return code.getNumber();
  }

  boolean isFloat() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16;
  }

  /** The least integer; of integers of 8 bits or less. */
  int min() {
    return name().startsWith("U") ? 0 : -(1 << (bits - 1));
  }

  /** The greatest integer; of integers of 8 bits or less. */
  int max() {
    return name().startsWith("U") ? (1 << bits) - 1 : (1 << (bits - 1)) - 1;
  }

  /** Whether only opset 21 and later have it, or let it be quantized. */
  boolean recent() {
    return bits == 4 || this == UINT16 || this == INT16;
  }

  /** The bytes of so many numbers. */
  long bytes(long count) {
    return (count * bits + 7) / 8;
  }

  /** Integers, or the bits of short floats, little-endian; of two in a byte the first is low. */
  byte[] pack(int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) bytes(values.length)).order(ByteOrder.LITTLE_ENDIAN);
    switch (bits) {
      case 4 -> {
        for (int i = 0; i < values.length; i += 2) {
          int high = i + 1 < values.length ? values[i + 1] : 0;
          bytes.put((byte) (values[i] & 15 | high << 4));
        }
      }
      case 8 -> {
        for (int value : values) {
          bytes.put((byte) value);
        }
      }
      case 16 -> {
        for (int value : values) {
          bytes.putShort((short) value);
        }
      }
      case 32 -> {
        for (int value : values) {
          bytes.putInt(value);
        }
      }
      default -> {
        for (int value : values) {
          bytes.putLong(value);
        }
      }
    }
    return bytes.array();
  }

  /** One of the integers of a constant; two of 4 bits are in a byte, the first is low. */
  long integer(ByteString packed, int at) {
    long value = 0;
    if (bits == 4) {
      value = packed.byteAt(at / 2) >> 4 * (at % 2) & 15;
    }
    for (int i = 0; i < bits / 8; i++) {
      value |= (packed.byteAt(at * (bits / 8) + i) & 255L) << 8 * i;
    }
    return name().startsWith("U") ? value : value << 64 - bits >> 64 - bits;
  }

  /** Floats of 32 bits, little-endian. */
  static byte[] pack(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
