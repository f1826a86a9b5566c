package kerf.integer;

/**
 * A positive real number as an integer and a shift: {@code mantissa / 2^31 * 2^exponent}, the
 * mantissa in [2<sup>30</sup>, 2<sup>31</sup>). Jacob et al. 2018, section 2.2, equation 6.
 *
 * @param mantissa 2<sup>30</sup> to 2<sup>31</sup> - 1
 * @param exponent -31 to 30; 0 or less for numbers below 1
 */
public record Multiplier(int mantissa, int exponent) {
  private static final int WIDTH = 31;

  /**
   * Checks the parts.
   *
   * @param mantissa 2<sup>30</sup> to 2<sup>31</sup> - 1
   * @param exponent -31 to 30
   */
  public Multiplier {
    if (mantissa < 1 << 30 || exponent < -WIDTH || exponent >= WIDTH) {
      throw new IllegalArgumentException(
          "a multiplier needs a mantissa of 2^30 or more and an exponent in -31 to 30, found %d and %d"
              .formatted(mantissa, exponent));
    }
  }

  /**
   * The nearest multiplier of a number.
   *
   * @param real such as {@code inputScale * weightScale / outputScale}
   * @return at most 2<sup>-31</sup> of it away
   * @throws IllegalArgumentException if it is not in [2<sup>-32</sup>, 2<sup>30</sup>)
   */
  public static Multiplier of(double real) {
    if (!(real >= 0x1p-32 && real < 0x1p30)) {
      throw new IllegalArgumentException(
          "a multiplier needs a number in [2^-32, 2^30), found %s; look at the scales of input, weights and output"
              .formatted(real));
    }
    int exponent = Math.getExponent(real) + 1;
    long mantissa = Math.round(Math.scalb(real, WIDTH - exponent));
    if (mantissa == 1L << WIDTH) {
      mantissa >>= 1;
      exponent++;
    }
    return new Multiplier((int) mantissa, exponent);
  }

  /**
   * Multiplies, in integers: one product of 64 bits, one shift that rounds.
   *
   * <p>Rounding once is what TFLite calls single rounding; rounding the upper half of the product
   * first and the shift then, as in the article's own library, can be one off: 9 / 4 would be 3.
   *
   * @param sum a sum of products
   * @return {@code sum} times this number to the nearest integer, halves up; held at the ends of 32
   *     bits
   */
  public int times(int sum) {
    int shift = WIDTH - exponent;
    long product = (long) sum * mantissa;
    long rounded = (product + (1L << (shift - 1))) >> shift;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, rounded));
  }

  /**
   * Gives the number this stands for.
   *
   * @return {@code mantissa / 2^31 * 2^exponent}
   */
  public double real() {
    return Math.scalb((double) mantissa, exponent - WIDTH);
  }
}
