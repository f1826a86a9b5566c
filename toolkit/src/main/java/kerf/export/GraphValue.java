package kerf.export;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a value of a graph before it is computed.
 *
 * @param type of its numbers
 * @param shape its axes; none for one number alone
 * @param constant whether it is computed of constants alone
 * @param data the file's constant, where it is one or the same numbers in another type
 */
record GraphValue(
    NumberType type, List<Extent> shape, boolean constant, Optional<TensorProto> data) {
  GraphValue {
    shape = List.copyOf(shape);
  }

  static GraphValue of(NumberType type, List<Extent> shape) {
    return new GraphValue(type, shape, false, Optional.empty());
  }

  /** A constant whose type, shape and bytes fit each other. */
  static GraphValue of(NumberType type, TensorProto data) {
    List<Extent> shape = new ArrayList<>();
    data.getDimsList().forEach(size -> shape.add(Extent.of(size)));
    return new GraphValue(type, shape, true, Optional.of(data));
  }

  int rank() {
    return shape.size();
  }

  Extent axis(int axis) {
    return shape.get(axis);
  }

  /** Whether it has these lengths, whatever the batch. */
  boolean has(long... lengths) {
    boolean all = lengths.length == rank();
    for (int i = 0; i < lengths.length && all; i++) {
      all = axis(i).is(lengths[i]);
    }
    return all;
  }

  /** How many numbers it has for one input. */
  long numbers() {
    return Extent.volume(shape);
  }

  /** The integers of a constant of integers. */
  long[] integers() {
    TensorProto own = data.orElseThrow();
    NumberType kept = NumberType.ofCode(own.getDataType()).orElseThrow();
    ByteString bytes = own.getRawData();
    long[] integers = new long[Math.toIntExact(numbers())];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = kept.integer(bytes, i);
    }
    return integers;
  }

  /** The floats of a constant of 32-bit floats. */
  float[] floats() {
    float[] floats = new float[Math.toIntExact(numbers())];
    data.orElseThrow()
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(floats);
    return floats;
  }

  @Override
  public String toString() {
    return "%s of %s%s"
        .formatted(
            Extent.text(shape), type.name().toLowerCase(Locale.ROOT), constant ? ", constant" : "");
  }
}
