package kerf.coding;

/** Half precision, IEEE 754 binary16: the bits of numbers that have it. */
final class Half {
  private static final int SIGN = 0x8000;

  private Half() {}

  static int bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return sign | 0x7e00;
    }
    if (Float.isInfinite(value)) {
      return sign | 0x7c00;
    }
    return size < 0x1p-14f
        ? sign | (int) (size * 0x1p24f)
        : sign | (bits & 0x7fffffff) - (112 << 23) >>> 13;
  }

  static float value(int bits) {
    int size = bits & 0x7fff;
    float value =
        size < 0x400
            ? size * 0x1p-24f
            : size >= 0x7c00
                ? (size == 0x7c00 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Float.intBitsToFloat((size << 13) + (112 << 23));
    return (bits & SIGN) == 0 ? value : -value;
  }
}
