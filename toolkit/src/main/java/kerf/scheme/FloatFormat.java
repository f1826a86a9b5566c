package kerf.scheme;

import kerf.argument.Argument;

/** Floats of 16 bits. */
public enum FloatFormat implements NumberFormat {
  /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction; up to 65,504. */
  FP16(10, -24, 65504f),
  /** The upper half of a float32: 8 bits of exponent, 7 of fraction. */
  BF16(7, -133, 0x1.fep127f);

  private final int fraction;
  private final int leastExponent;
  private final float greatest;

  FloatFormat(int fraction, int leastExponent, float greatest) {
    this.fraction = fraction;
    this.leastExponent = leastExponent;
    this.greatest = greatest;
  }

  @Override
  public int bits() {
    return 16;
  }

  /**
   * The nearest number of this format; halves go to the even one, as in {@code torch.Tensor.half}
   * and {@code bfloat16}.
   *
   * @param value any number
   * @return the nearest; infinity beyond the greatest by half a step or more, NaN for NaN
   */
  public float round(float value) {
    if (value == 0 || Float.isNaN(value) || Float.isInfinite(value)) {
      return value;
    }
    // Within one binade the format is a grid; below the least exponent it is the same grid down to
    // zero.
    int step = Math.max(Math.getExponent(value) - fraction, leastExponent);
    double grid = Math.scalb(1.0, step);
    double rounded = Math.rint(value / grid) * grid;
    return Math.abs(rounded) > greatest
        ? Math.copySign(Float.POSITIVE_INFINITY, value)
        : (float) rounded;
  }

  /**
   * Rounds many numbers.
   *
   * @param values any numbers
   * @return the nearest of each
   */
  public float[] round(float[] values) {
    Argument.require("values", values);
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = round(values[i]);
    }
    return rounded;
  }

  @Override
  public String toString() {
    return this == FP16 ? "fp16" : "bf16";
  }
}
