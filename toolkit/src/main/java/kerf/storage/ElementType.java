package kerf.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types of an {@link Npy}; all little endian. */
public enum ElementType {
  /** IEEE 754 single precision, numpy's {@code <f4}. */
  FLOAT32("<f4", 4),
  /** IEEE 754 double precision, numpy's {@code <f8}. */
  FLOAT64("<f8", 8),
  /** Signed, 32 bits, numpy's {@code <i4}. */
  INT32("<i4", 4),
  /** Signed, 64 bits, numpy's {@code <i8}. */
  INT64("<i8", 8),
  /** Signed, 8 bits, numpy's {@code |i1}. */
  INT8("|i1", 1),
  /** Unsigned, 8 bits, numpy's {@code |u1}. */
  UINT8("|u1", 1),
  /** One byte, 0 or 1, numpy's {@code |b1}. */
  BOOL("|b1", 1);

  private final String descriptor;
  private final int bytes;

  ElementType(String descriptor, int bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
  }

  /**
   * The width of an element.
   *
   * @return 1, 4 or 8 bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Whether elements are whole numbers.
   *
   * @return false for the two float types
   */
  public boolean integer() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /**
   * How numpy spells the type.
   *
   * @return byte order, kind and width, such as {@code <f4}
   */
  String descriptor() {
    return descriptor;
  }

  /**
   * The type of a spelling.
   *
   * @param descriptor numpy's spelling
   * @return the type, if it is one of these
   */
  static Optional<ElementType> of(String descriptor) {
    return Arrays.stream(values()).filter(t -> t.descriptor.equals(descriptor)).findFirst();
  }

  /**
   * All spellings, for error messages.
   *
   * @return the descriptors, with blanks between
   */
  static String descriptors() {
    return Arrays.stream(values()).map(ElementType::descriptor).collect(Collectors.joining(" "));
  }
}
