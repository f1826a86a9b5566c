package kerf.scheme;

import java.util.Arrays;
import kerf.argument.Argument;

/**
 * Integers on a grid. A plan word: {@code int8().symmetric().perChannel()}.
 *
 * @param bits 2 to 8, 16 or 32
 * @param min the least integer
 * @param max the greatest integer
 * @param mapping affine or symmetric
 * @param zero the integer that stands for 0 where the mapping is symmetric
 * @param spread what shares a scale
 */
public record IntegerFormat(int bits, int min, int max, Mapping mapping, int zero, Spread spread)
    implements NumberFormat {
  /** The least scale that a range gives: 2<sup>-23</sup>, as PyTorch's observers have it. */
  public static final float LEAST_SCALE = 0x1p-23f;

  /**
   * Checks the numbers.
   *
   * @param bits 2 to 8, 16 or 32
   * @param min the least integer
   * @param max the greatest integer
   * @param mapping affine or symmetric
   * @param zero the integer that stands for 0 where the mapping is symmetric
   * @param spread what shares a scale
   */
  public IntegerFormat {
    if (bits == 1) {
      throw new IllegalArgumentException(
          "an integer format needs 2 or more bits, found 1; one bit has no zero: use"
              + " qat().weights(binary())");
    }
    if (!(bits >= 2 && bits <= 8) && bits != 16 && bits != 32) {
      throw new IllegalArgumentException("bits must be 2 to 8, 16 or 32, found " + bits);
    }
    if (min >= max || max - (long) min >= 1L << bits) {
      throw new IllegalArgumentException(
          "a grid of %d bits must have a least below its greatest integer and at most %d of them, found %d to %d"
              .formatted(bits, 1L << bits, min, max));
    }
    Argument.require("mapping", mapping);
    Argument.require("spread", spread);
    boolean signed = min < 0;
    if (signed && min < -(1L << bits - 1) || max >= 1L << (signed ? bits - 1 : bits)) {
      throw new IllegalArgumentException(
          "a grid of %d bits must lie in %d to %d or 0 to %d, found %d to %d"
              .formatted(
                  bits, -(1L << bits - 1), (1L << bits - 1) - 1, (1L << bits) - 1, min, max));
    }
  }

  /**
   * Signed integers.
   *
   * @param bits 2 to 8, 16 or 32
   * @return the whole range, such as -128 to 127; affine, one scale a tensor
   */
  public static IntegerFormat signed(int bits) {
    requireWidth(bits);
    int half = (int) (1L << (bits - 1));
    return new IntegerFormat(bits, -half, half - 1, Mapping.AFFINE, 0, new Spread.PerTensor());
  }

  /**
   * Unsigned integers.
   *
   * @param bits 2 to 8 or 16
   * @return the whole range, such as 0 to 255; affine, one scale a tensor
   */
  public static IntegerFormat unsigned(int bits) {
    requireWidth(bits);
    if (bits == 32) {
      throw new IllegalArgumentException(
          "unsigned formats have 2 to 8 or 16 bits, found 32; 32 bits are for biases, signed");
    }
    return new IntegerFormat(
        bits, 0, (1 << bits) - 1, Mapping.AFFINE, 1 << (bits - 1), new Spread.PerTensor());
  }

  private static void requireWidth(int bits) {
    if (bits < 1 || bits > 32) {
      throw new IllegalArgumentException("bits must be 2 to 8, 16 or 32, found " + bits);
    }
    if (bits == 1) {
      throw new IllegalArgumentException(
          "an integer format needs 2 or more bits, found 1; one bit has no zero: use"
              + " qat().weights(binary())");
    }
  }

  /**
   * This format with zero on a fixed integer (0 if signed) and as much room on both sides. The
   * whole range is used: -128 to 127, whose scale is {@code max|x| / 127.5}, as in PyTorch.
   *
   * @return such a format
   */
  public IntegerFormat symmetric() {
    return new IntegerFormat(bits, min, max, Mapping.SYMMETRIC, zero, spread);
  }

  /**
   * This format, symmetric and without the integer that has no opposite: -127 to 127, whose scale
   * is {@code max|x| / 127}. Jacob et al. 2018, section 3, for weights.
   *
   * @return such a format
   * @throws IllegalArgumentException if it is unsigned
   */
  public IntegerFormat restricted() {
    if (min >= 0) {
      throw new IllegalArgumentException(
          "restricted() leaves out the integer without an opposite, found an unsigned format; use int8()");
    }
    return new IntegerFormat(bits, -max, max, Mapping.SYMMETRIC, zero, spread);
  }

  /**
   * This format with the range's ends on the grid's ends.
   *
   * @return such a format
   */
  public IntegerFormat affine() {
    return new IntegerFormat(bits, min, max, Mapping.AFFINE, zero, spread);
  }

  /**
   * This format with half the grid: 0 to 127, or -64 to 63. What PyTorch does by default on x86,
   * where sums of two products of 8 bits are kept in 16. Scales and zero points are chosen for this
   * grid, and training clips at its ends; a quantized network clips activations at those of the
   * type ({@link #whole}).
   *
   * @return such a format
   */
  public IntegerFormat reduceRange() {
    return range(Math.floorDiv(min, 2), Math.floorDiv(max, 2));
  }

  /**
   * This format with other ends of the grid.
   *
   * @param least the least integer
   * @param greatest the greatest
   * @return such a format; the symmetric zero of unsigned integers is in the middle, rounded down
   */
  public IntegerFormat range(int least, int greatest) {
    int middle = min < 0 ? 0 : Math.floorDiv(least + greatest, 2);
    return new IntegerFormat(bits, least, greatest, mapping, middle, spread);
  }

  /**
   * This format with all integers of its width: what a quantized network clips activations at. As
   * in PyTorch, {@code reduce_range}, {@code quant_min} and {@code quant_max} narrow what is
   * calibrated and trained with, not the integers of the converted network.
   *
   * @return 0 to 255 or -128 to 127 for 8 bits; the rest as it is
   */
  public IntegerFormat whole() {
    int half = (int) (1L << bits - 1);
    return min < 0
        ? new IntegerFormat(bits, -half, half - 1, mapping, zero, spread)
        : new IntegerFormat(bits, 0, bits == 32 ? max : (1 << bits) - 1, mapping, zero, spread);
  }

  /**
   * This format with one scale for a whole tensor.
   *
   * @return such a format
   */
  public IntegerFormat perTensor() {
    return spread(new Spread.PerTensor());
  }

  /**
   * This format with a scale for each output channel.
   *
   * @return such a format
   */
  public IntegerFormat perChannel() {
    return perChannel(0);
  }

  /**
   * This format with a scale for each index along an axis.
   *
   * @param axis 0 or more
   * @return such a format
   */
  public IntegerFormat perChannel(int axis) {
    return spread(new Spread.PerChannel(axis));
  }

  /**
   * This format with a scale for so many neighbours within an output channel.
   *
   * @param size such as 32
   * @return such a format
   */
  public IntegerFormat perGroup(int size) {
    return spread(new Spread.PerGroup(size));
  }

  private IntegerFormat spread(Spread other) {
    return new IntegerFormat(bits, min, max, mapping, zero, other);
  }

  /**
   * The scale and zero point of a range, by the formula of PyTorch's observers ({@code
   * calculate_qparams}). The range is widened to hold 0, so that 0 is exact.
   *
   * @param low the least number
   * @param high the greatest number, at least {@code low}
   * @return affine: {@code scale = (high - low) / (max - min)}, {@code zeroPoint = min - rint(low /
   *     scale)}; symmetric: {@code scale = max(-low, high) / ((max - min) / 2)}; the scale is at
   *     least {@link #LEAST_SCALE}, also for a range of zeros
   * @throws IllegalArgumentException if an end is not a number
   */
  public QuantParams params(float low, float high) {
    requireRange(low, high);
    float least = Math.min(low, 0f);
    float greatest = Math.max(high, 0f);
    if (mapping == Mapping.SYMMETRIC) {
      float half = ((float) max - min) / 2;
      float reach = Math.max(-least, greatest);
      return new QuantParams(Math.max(reach / half, LEAST_SCALE), zero);
    }
    float scale = Math.max((greatest - least) / ((float) max - min), LEAST_SCALE);
    double point = min - Math.rint(least / scale);
    return new QuantParams(scale, (int) Math.max(min, Math.min(max, point)));
  }

  /**
   * Refuses what is no range.
   *
   * @param low the least number
   * @param high the greatest number
   */
  static void requireRange(float low, float high) {
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a range must have a least and a greatest number, found %s to %s; look for NaN or infinity in what was observed"
              .formatted(low, high));
    }
  }

  /**
   * A quantizer of this format.
   *
   * @param params a scale and zero point for each of what shares one, in C order
   * @return the quantizer
   */
  public Quantizer quantizer(QuantParams... params) {
    Argument.require("params", params);
    return new Quantizer(this, Arrays.asList(params));
  }

  /**
   * Rounds to the grid's ends what lies beyond them.
   *
   * @param integer a whole number
   * @return {@code min} to {@code max}
   */
  int clip(float integer) {
    return (int) Math.max(min, Math.min(max, integer));
  }

  @Override
  public String toString() {
    return "%s%d [%d, %d] %s %s"
        .formatted(
            min < 0 ? "int" : "uint",
            bits,
            min,
            max,
            mapping == Mapping.SYMMETRIC ? "symmetric" : "affine",
            spread);
  }
}
